import { httpCases } from '../kube/cases/http.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

httpCases((options) => SandboxPlane.start(options));
