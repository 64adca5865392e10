import { crashCases } from '../kube/cases/crash.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

crashCases((options) => SandboxPlane.start(options));
