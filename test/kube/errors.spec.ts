import { errorCases } from './cases/errors.cases';
import { ControlPlane } from './support/control-plane';

errorCases((options) => ControlPlane.start(options));
