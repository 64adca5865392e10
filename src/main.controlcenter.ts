import 'reflect-metadata';
import { bootstrap, controlCenterProcess } from './modules/app';

void bootstrap(controlCenterProcess);
