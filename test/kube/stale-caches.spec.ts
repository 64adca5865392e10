import { staleCacheCases } from './cases/stale-caches.cases';
import { ControlPlane } from './support/control-plane';

staleCacheCases((options) => ControlPlane.start(options));
