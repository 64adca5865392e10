import { crashCases } from '../kube/cases/crash.cases';
import { sampleOfCommit } from '../kube/support/sample-of-commit';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

// The real server gets every case (test/kube/crash.spec.ts).
crashCases((options) => SandboxPlane.start(options), sampleOfCommit());
