// Steps about single kinds of children: autoscalers, disruption budgets, policies, quotas, environments.
import { box, entry, type Step, WORKLOAD } from './step';

const TARGET = 'scaleTargetRef: { kind: Deployment, name: web }, maxReplicas: "5"';

/** A Deployment with the given profile of resources, and what the Katalog declares. */
const sized = (profile: string, profiles: string): string =>
  box(
    `onReconcile:\n  deployments:\n    - { ${WORKLOAD}, resources: { profile: ${profile} } }`,
    `profiles: ${profiles}`,
  );

const CERTIFICATE = 'apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: web }';

export const KIND_STEPS: readonly Step[] = [
  {
    step: 23,
    what: 'an object of any kind without its kind',
    fails: entry('custom', '§{ apiVersion: cert-manager.io/v1, metadata: { name: web } }'),
    says: 'missing required field "kind"',
    passes: entry('custom', `{ ${CERTIFICATE}, spec: { dnsNames: [a] } }`),
  },
  {
    step: 23,
    what: 'an object of any kind without its group and version',
    fails: entry('custom', '§{ kind: Certificate, metadata: { name: web } }'),
    says: 'missing required field "apiVersion"',
    passes: entry('custom', '{ apiVersion: v1, kind: Endpoints, metadata: { name: web }, subsets: [] }'),
  },
  {
    step: 23,
    what: 'an object that makes others of its own kind',
    fails: entry(
      'custom',
      '§{ apiVersion: demo.orkestra.io/v1, kind: Website, metadata: { name: "{{ .metadata.name }}-x" } }',
    ),
    says: 'every Website would make another Website, without end',
    passes: entry(
      'custom',
      '{ apiVersion: demo.orkestra.io/v1, kind: Website, metadata: { name: "{{ .metadata.name }}-x" }, when: [{ field: spec.root }] }',
    ),
  },
  {
    step: 23,
    what: 'one kind in two versions',
    fails: entry(
      'custom',
      '{ apiVersion: acme.io/v1, kind: Widget, metadata: { name: a } }\n    - §{ apiVersion: acme.io/v2, kind: Widget, metadata: { name: b } }',
    ),
    says: 'a Widget is written as acme.io/v2 and acme.io/v1',
    passes: entry(
      'custom',
      '{ apiVersion: acme.io/v1, kind: Widget, metadata: { name: a } }\n    - { apiVersion: acme.io/v1, kind: Widget, metadata: { name: b } }',
    ),
  },
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
    step: 29,
    what: 'a profile without a name',
    fails: sized('small', '{ resources: [§{ requests: { cpu: 1 } }] }'),
    says: 'missing required field "name"',
    passes: sized('web', '{ resources: [{ name: web, requests: { cpu: 1 } }] }'),
  },
  {
    step: 29,
    what: 'a name that stands for two profiles of one class',
    fails: sized('web', '{ resources: [{ name: web }, { name: §web }] }'),
    says: 'resource profile "web" is declared at',
    passes: sized('web', '{ resources: [{ name: web }], podSecurity: [{ name: web }] }'),
  },
  {
    step: 29,
    what: 'a profile that can never be used',
    fails: sized('small', '{ pdb: [§{ name: web }] }'),
    says: 'a disruption profile needs minAvailable or maxUnavailable',
    passes: sized('small', '{ pdb: [{ name: web, minAvailable: 1 }] }'),
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
    step: 36,
    what: 'a profile of a limit range',
    fails: entry('limitRanges', '{ name: web, profile: §small }'),
    says: 'unknown limit range profile "small"; there are none: profiles.limitRanges declares them',
    passes: box(
      'onReconcile:\n  limitRanges:\n    - { name: web, profile: small }',
      'profiles: { limitRanges: [{ name: small, limits: [{ type: Pod, max: { cpu: 1 } }] }] }',
    ),
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
