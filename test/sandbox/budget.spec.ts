import { budgetCases } from '../kube/cases/budget.cases';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

budgetCases((options) => SandboxPlane.start(options), 20_000);
