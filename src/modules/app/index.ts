/** L5: the root module of each process and its life: build, bind, start, stop in order. */
export { bootstrap, type ProcessDefinition, type Work } from './bootstrap';
export type { ParentMessage, Standby } from './parent-link';
export { controlCenterProcess, gatewayProcess, runtimeProcess } from './processes';
export { PROCESS_ROLE, PROCESS_ROLES, type ProcessRole } from './process-role';
export { ControlCenterProcessModule, GatewayModule, RuntimeModule } from './root-modules';
