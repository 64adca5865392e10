import { kindCases } from './cases/kinds.cases';
import { ControlPlane } from './support/control-plane';

kindCases((options) => ControlPlane.start(options), { runsWorkloads: false });
