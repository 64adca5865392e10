import { type ProcessDefinition } from './bootstrap';
import { ControlCenterProcessModule, GatewayModule, RuntimeModule } from './root-modules';
import { runtimeWork } from './runtime-work';

export const runtimeProcess: ProcessDefinition = {
  role: 'runtime',
  root: (fail) => RuntimeModule.create(fail),
  work: runtimeWork,
};

export const gatewayProcess: ProcessDefinition = { role: 'gateway', root: () => GatewayModule.create() };

export const controlCenterProcess: ProcessDefinition = {
  role: 'controlcenter',
  root: () => ControlCenterProcessModule.create(),
};
