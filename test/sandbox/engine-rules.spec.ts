import { engineRuleCases } from '../kube/cases/engine-rules.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

engineRuleCases((options) => SandboxPlane.start(options));
