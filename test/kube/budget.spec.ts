import { budgetCases } from './cases/budget.cases';
import { ControlPlane } from './support/control-plane';

budgetCases((options) => ControlPlane.start(options), 60_000);
