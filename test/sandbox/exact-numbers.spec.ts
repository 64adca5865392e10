import { exactNumberCases } from '../kube/cases/exact-numbers.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

exactNumberCases((options) => SandboxPlane.start(options));
