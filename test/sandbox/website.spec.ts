// The main job on the sandbox, from here on with Node alone.
import { websiteCases } from '../kube/cases/website.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

websiteCases((options) => SandboxPlane.start(options));
