import 'reflect-metadata';
import { bootstrap, runtimeProcess } from './modules/app';

void bootstrap(runtimeProcess);
