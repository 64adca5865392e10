import { type ProcessDefinition } from './bootstrap';
import { ControlCenterProcessModule, GatewayModule, RuntimeModule } from './root-modules';
import { runtimeWork } from './runtime-work';

/** Reconciles the CRDs of a Katalog. */
export const runtimeProcess: ProcessDefinition = {
  role: 'runtime',
  root: (fail) => RuntimeModule.create(fail),
  work: runtimeWork,
};

/** Serves webhooks. */
export const gatewayProcess: ProcessDefinition = { role: 'gateway', root: () => GatewayModule.create() };

/** Serves the web UI. */
export const controlCenterProcess: ProcessDefinition = {
  role: 'controlcenter',
  root: () => ControlCenterProcessModule.create(),
};
