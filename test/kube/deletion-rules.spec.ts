import { deletionCases } from './cases/deletion-rules.cases';
import { ControlPlane } from './support/control-plane';

deletionCases((options) => ControlPlane.start(options));
