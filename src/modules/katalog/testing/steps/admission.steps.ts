// Steps 44 to 49. What other systems see: serve, admission, the gateway, publishing.
import { crd, type Step } from './step';

export const ADMISSION_STEPS: readonly Step[] = [
  {
    step: 44,
    what: 'a token that the gateway does not have',
    fails: crd('serve: { tokens: { §desk: { permissions: { global: [get] } } } }'),
    says: '"desk" is not in gateway.api.auth.tokens',
    passes: crd(
      'serve: { tokens: { desk: { permissions: { global: [get] } } } }',
      'gateway: { api: { auth: { tokens: [{ name: desk, token: $DESK }] } } }',
    ),
  },
  {
    step: 44,
    what: 'one name for two targets',
    fails: crd('serve: { target: { desk: {}, counter: { aliases: [§desk] } } }'),
    says: 'the target "desk" is one of CRD "website" already',
    passes: crd('serve: { target: { desk: {}, counter: { aliases: [bar] } } }'),
  },
  {
    step: 45,
    what: 'a rule that asks nothing',
    fails: crd('validation: { rules: [§{ field: spec.a, message: m }] }'),
    says: 'a rule needs an operator',
    passes: crd('validation: { rules: [{ field: spec.a, message: m, equals: b }] }'),
  },
  {
    step: 45,
    what: 'a rule with an unknown operator',
    fails: crd('validation: { rules: [{ field: spec.a, message: m, operator: §eqals, value: b }] }'),
    says: 'unknown operator "eqals" (did you mean "equals"?)',
    passes: crd('validation: { rules: [{ field: spec.a, message: m, operator: typeMap }] }'),
  },
  {
    step: 45,
    what: 'a rule with an unknown operator in its conditions',
    fails: crd(
      'validation: { rules: [{ field: spec.a, message: m, min: 1, when: [{ field: spec.b, operator: §mox, value: 1 }] }] }',
    ),
    says: 'unknown operator "mox"',
    passes: crd('validation: { rules: [{ field: spec.a, message: m, min: 1, when: [{ field: spec.b, max: 1 }] }] }'),
  },
  {
    step: 45,
    what: 'two comparisons in one rule',
    fails: crd('validation: { rules: [§{ field: spec.a, message: m, min: 1, max: 5 }] }'),
    says: 'takes one operator, found min, max',
    passes: crd('validation: { rules: [{ field: spec.a, message: m, between: "1,5" }] }'),
  },
  {
    step: 45,
    what: 'a link to nothing',
    fails: crd(
      'serve: { fields: { size: {} } }\nvalidation: { rules: [{ field: spec.a, message: m, min: 1, link: §siz }] }',
    ),
    says: '"siz" is not in serve.fields, serve.labels or serve.annotations (did you mean "size"?)',
    passes: crd(
      'serve: { fields: { size: {} } }\nvalidation: { rules: [{ field: spec.a, message: m, min: 1, link: size }] }',
    ),
  },
  {
    step: 45,
    what: 'a link that says nothing new',
    fails: crd(
      'serve: { fields: { a: {} } }\nvalidation: { rules: [{ field: spec.a, message: m, min: 1, link: §a }] }',
    ),
    says: '"link" says what "field" says already',
    passes: crd(
      'serve: { fields: { a: {} } }\nvalidation: { rules: [{ field: spec.b, message: m, min: 1, link: a }] }',
    ),
  },
  {
    step: 45,
    what: 'a mutation without field',
    fails: crd('mutation: { rules: [§{ default: 1 }] }'),
    says: 'missing required field "field"',
    passes: crd('mutation: { rules: [{ field: spec.a, default: 1 }] }'),
  },
  {
    step: 45,
    what: 'a mutation that sets nothing',
    fails: crd('mutation: { rules: [§{ field: spec.a }] }'),
    says: 'a mutation needs "default" or "override"',
    passes: crd('mutation: { rules: [{ field: spec.a, override: "{{ .spec.b }}" }] }'),
  },
  {
    step: 45,
    what: 'a default of a field of serve',
    fails: crd('serve: { fields: { a: { §default: 1 } } }'),
    says: 'unknown field "default" in serve field',
    passes: crd('serve: { labels: { a: { default: "1" } } }'),
  },
  {
    step: 46,
    what: 'two tokens of one name',
    fails: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, token: $A }, { name: §a, token: $B }] } } }'),
    says: 'two tokens are named "a"',
    passes: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, token: $A }, { name: b, token: "${B}" }] } } }'),
  },
  {
    step: 46,
    what: 'a token with two sources',
    fails: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, token: $A, secretRef: §{ name: a, key: b } }] } } }'),
    says: '"token" and "secretRef" exclude each other',
    passes: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, secretRef: { name: a, key: b } }] } } }'),
  },
  {
    step: 46,
    what: 'a token in the file',
    fails: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, token: §secret }] } } }'),
    says: 'expected a reference to the environment such as $API_TOKEN',
    passes: crd('', 'gateway: { api: { auth: { tokens: [{ name: a, token: $SECRET }] } } }'),
  },
  {
    step: 47,
    what: 'a webhook without secret',
    fails: crd('', 'gateway: { webhooks: { github: §{ path: hub } } }'),
    says: 'the github webhook needs "secretRef" or "secret"',
    passes: crd('', 'gateway: { webhooks: { github: { path: hub, secret: $HUB } } }'),
  },
  {
    step: 48,
    what: 'a cluster without credential',
    fails: crd('', 'gateway: { clusters: { a: §{ endpoint: "https://a.example" } } }'),
    says: 'a cluster needs "secretRef" or "tokenRef"',
    passes: crd('', 'gateway: { clusters: { a: { endpoint: "https://a.example", secretRef: { name: a, key: b } } } }'),
  },
  {
    step: 48,
    what: 'a cluster with half of a credential',
    fails: crd('', 'gateway: { clusters: { a: §{ endpoint: "https://a.example", tokenRef: { name: a, key: b } } } }'),
    says: '"tokenRef" needs "caRef"',
    passes: crd(
      '',
      'gateway: { clusters: { a: { endpoint: "https://a.example", tokenRef: { name: a, key: b }, insecure: true } } }',
    ),
  },
  {
    step: 48,
    what: 'a cluster that trusts anybody',
    fails: crd(
      '',
      'gateway: { clusters: { a: { endpoint: "https://a.example", secretRef: { name: a, key: b }, insecure: §true } } }',
    ),
    says: '"insecure" needs "tokenRef"',
    passes: crd(
      '',
      'gateway: { clusters: { a: { endpoint: "https://a.example", tokenRef: { name: a, key: b }, caRef: { name: a, key: c } } } }',
    ),
  },
  {
    step: 49,
    what: 'a signature without key',
    fails: crd('', 'publish: { signing: §{ enabled: true } }'),
    says: 'signing needs "key"',
    passes: crd('', 'publish: { signing: { enabled: true, key: $SIGNING_KEY } }'),
  },
];
