import { kindCases } from '../kube/cases/kinds.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

kindCases((options) => SandboxPlane.start(options), { runsWorkloads: true });
