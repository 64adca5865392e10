import { exactNumberCases } from './cases/exact-numbers.cases';
import { ControlPlane } from './support/control-plane';

exactNumberCases((options) => ControlPlane.start(options));
