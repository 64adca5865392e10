import { faultCases } from '../kube/cases/faults.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

faultCases((options) => SandboxPlane.start(options));
