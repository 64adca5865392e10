import { errorCases } from '../kube/cases/errors.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

errorCases((options) => SandboxPlane.start(options));
