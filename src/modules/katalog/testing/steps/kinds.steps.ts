// Steps about single kinds of children: autoscalers, disruption budgets, policies, quotas, environments.
import { entry, type Step, WORKLOAD } from './step';

const TARGET = 'scaleTargetRef: { kind: Deployment, name: web }, maxReplicas: "5"';

export const KIND_STEPS: readonly Step[] = [
  {
    step: 19,
    what: 'an autoscaler whose target has no apiVersion',
    fails: entry('hpa', '{ name: web, maxReplicas: "5", scaleTargetRef: { kind: §Shop, name: web } }'),
    says: 'scaleTargetRef needs "apiVersion" for a Shop',
    passes: entry('hpa', `{ name: web, ${TARGET} }`),
  },
  {
    step: 19,
    what: 'an autoscaler whose target has no name',
    fails: entry('hpa', '{ name: web, maxReplicas: "5", scaleTargetRef: §{ kind: Deployment } }'),
    says: 'scaleTargetRef needs "name"',
    passes: entry('hpa', '{ name: web, maxReplicas: "5", scaleTargetRef: { kind: StatefulSet, name: web } }'),
  },
  {
    step: 30,
    what: 'a profile of an autoscaler',
    fails: entry('hpa', `{ name: web, ${TARGET}, behavior: { profile: §webb } }`),
    says: 'unknown',
    passes: entry('hpa', `{ name: web, ${TARGET}, behavior: { profile: web } }`),
  },
  {
    step: 32,
    what: 'a profile of a disruption budget',
    fails: entry('pdb', '{ name: web, selector: { app: web }, behavior: { profile: §relax } }'),
    says: 'unknown disruption profile "relax"',
    passes: entry('pdb', '{ name: web, selector: { app: web }, behavior: { profile: relaxed } }'),
  },
  {
    step: 34,
    what: 'a profile of a network policy',
    fails: entry('networkPolicies', '{ name: web, profile: §deny-everything }'),
    says: 'unknown network policy profile "deny-everything"',
    passes: entry('networkPolicies', '{ name: web, profile: deny-all }'),
  },
  {
    step: 35,
    what: 'a profile of a quota',
    fails: entry('resourceQuotas', '{ name: web, profile: §smal }'),
    says: 'unknown resource quota profile "smal" (did you mean "small"?)',
    passes: entry('resourceQuotas', '{ name: web, profile: small }'),
  },
  {
    step: 39,
    what: 'an autoscaler with more pods at least than at most',
    fails: entry('hpa', `{ name: web, ${TARGET}, minReplicas: §"6" }`),
    says: 'minReplicas (6) is more than maxReplicas (5)',
    passes: entry('hpa', `{ name: web, ${TARGET}, minReplicas: "2" }`),
  },
  {
    step: 43,
    what: 'a suffix of a whole source of variables',
    fails: entry('deployments', `{ ${WORKLOAD}, envFrom: { secretRef: [§{ name: a, suffix: _X }] } }`),
    says: '"suffix" needs "keys"',
    passes: entry('deployments', `{ ${WORKLOAD}, envFrom: { secretRef: [{ name: a, suffix: _X, keys: [b] }] } }`),
  },
];
