import { crashCases } from './cases/crash.cases';
import { ControlPlane } from './support/control-plane';

crashCases((options) => ControlPlane.start(options));
