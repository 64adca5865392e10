import 'reflect-metadata';
import { bootstrap, gatewayProcess } from './modules/app';

void bootstrap(gatewayProcess);
