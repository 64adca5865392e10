import { chaosCases } from '../kube/cases/chaos.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

chaosCases((options) => SandboxPlane.start(options), 10_000);
