import { httpCases } from './cases/http.cases';
import { ControlPlane } from './support/control-plane';

httpCases((options) => ControlPlane.start(options));
