import { staleCacheCases } from '../kube/cases/stale-caches.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

staleCacheCases((options) => SandboxPlane.start(options));
