// ORK_TEST_FULL=1 makes the storm longer.
import { chaosCases } from './cases/chaos.cases';
import { ControlPlane } from './support/control-plane';

chaosCases((options) => ControlPlane.start(options), process.env['ORK_TEST_FULL'] === '1' ? 180_000 : 25_000);
