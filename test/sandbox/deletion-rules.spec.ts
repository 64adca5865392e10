import { deletionCases } from '../kube/cases/deletion-rules.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

deletionCases((options) => SandboxPlane.start(options));
