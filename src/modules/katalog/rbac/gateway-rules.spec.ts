import { compile, katalogWith } from '../testing/katalog-source';
import { deriveCrdRules, deriveRuntimeRules } from './derive-rules';
import { ruleText } from './missing-rules';
import { type CompiledKatalog } from '../compile/compiled-katalog';

const GATEWAY = 'gateway: { enabled: true, endpoint: "http://gateway.example" }\n';

function katalogOf(text: string): CompiledKatalog {
  const { katalog, errors } = compile(text);
  if (katalog === undefined) throw new Error(errors.join('\n'));
  return katalog;
}

function gateway(top: string, crd = ''): readonly string[] | undefined {
  return katalogOf(`${top}${katalogWith('', crd)}`).gatewayRules?.map(ruleText);
}

const ALL = '"get", "list", "watch", "create", "update", "patch", "delete"';
const secrets = `- {apiGroups: [""], resources: ["secrets"], verbs: [${ALL}]}`;
const webhooks = (kind: string): string =>
  `- {apiGroups: ["admissionregistration.k8s.io"], resources: ["${kind}webhookconfigurations"], verbs: [${ALL}]}`;

describe('rights of a gateway', () => {
  it('are none without one', () => {
    expect(gateway('')).toBeUndefined();
    expect(gateway('gateway: { enabled: false }\n')).toBeUndefined();
    expect(gateway(GATEWAY)).toEqual([]);
  });

  it.each<[string, string, string, readonly string[]]>([
    [
      'what protects from deletion',
      'security: { deletionProtection: { enabled: true } }\n',
      '',
      ['- {apiGroups: [""], resources: ["namespaces"], verbs: ["get", "patch"]}', secrets, webhooks('validating')],
    ],
    ['what watches over namespaces', 'security: { namespaceProtection: {} }\n', '', [secrets, webhooks('validating')]],
    [
      'rules at admission',
      'security: { webhooks: { admission: { enabled: true } } }\n',
      'validation: { rules: [{ field: spec.a, message: m, equals: x }] }\nmutation: { rules: [{ field: spec.b, default: x }] }',
      [secrets, webhooks('mutating'), webhooks('validating')],
    ],
    [
      'no rules that are for passes only',
      'security: { webhooks: { admission: { enabled: true } } }\n',
      'webhooks: { validation: false }\nvalidation: { rules: [{ field: spec.a, message: m, equals: x }] }',
      [],
    ],
    [
      'the API and its CRs',
      '',
      'serve: { enabled: true }',
      [
        '- {apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], resourceNames: ["websites.demo.orkestra.io"], verbs: ["get"]}',
        '- {apiGroups: ["demo.orkestra.io"], resources: ["websites"], verbs: ["get", "list", "create", "update", "patch", "delete"]}',
      ],
    ],
    [
      'a CRD whose address it writes',
      '',
      'conversion: { storageVersion: v1, updateCRD: true }',
      [
        secrets,
        '- {apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], resourceNames: ["websites.demo.orkestra.io"], verbs: ["get", "watch", "patch"]}',
      ],
    ],
  ])('hold %s', (_what, top, crd, rules) => {
    expect(gateway(`${GATEWAY}${top}`, crd)).toEqual(rules);
  });

  it('limit Secrets to their names, as far as they need not be made', () => {
    const token = 'api: { auth: { tokens: [{ name: ci, secretRef: { name: token, key: k } }] } }';
    const cluster = 'clusters: { far: { endpoint: "https://far.example", secretRef: { name: kubeconfig, key: k } } }';
    expect(gateway(`gateway: { endpoint: "http://gateway.example", ${cluster} }\n`)).toEqual([
      '- {apiGroups: [""], resources: ["secrets"], resourceNames: ["kubeconfig"], verbs: ["get"]}',
    ]);
    expect(gateway(`gateway: { endpoint: "http://gateway.example", ${cluster}, ${token} }\n`)).toEqual([
      '- {apiGroups: [""], resources: ["secrets"], verbs: ["get", "create"]}',
    ]);
  });
});

describe('rights of a runtime', () => {
  const added = (box: string): readonly string[] => {
    const plain = deriveRuntimeRules(katalogOf(katalogWith(''))).map(ruleText);
    return deriveRuntimeRules(katalogOf(katalogWith(box)))
      .map(ruleText)
      .filter((rule) => !plain.includes(rule));
  };

  it.each([
    [
      'Secrets of calls, by name',
      'onReconcile:\n  external: [{ name: a, url: "http://a.example", auth: { secretRef: { name: login, key: k } } }]',
      ['- {apiGroups: [""], resources: ["secrets"], resourceNames: ["login"], verbs: ["get"]}'],
    ],
    [
      'kinds that code writes',
      'reconciler: { hooks: { location: ./h, function: run, managedResources: [{ kind: Secret }, { apiVersion: shop.io/v1, kind: Cart, plural: carts }, { apiVersion: shop.io/v1, kind: Unknown }] } }',
      [
        '- {apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "watch", "create", "patch", "delete"]}',
        '- {apiGroups: ["shop.io"], resources: ["carts"], verbs: ["get", "list", "watch", "create", "patch", "delete"]}',
      ],
    ],
    [
      'kinds that are watched',
      'observe: { watch: [{ apiVersion: apps/v1, kind: Deployment }] }',
      ['- {apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch"]}'],
    ],
    [
      'nothing for what pods read',
      'onReconcile: { deployments: [{ name: a, image: nginx, envFrom: { secretRef: [{ name: b }] } }] }',
      [
        '- {apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch", "create", "patch", "delete"]}',
      ],
    ],
  ])('hold %s', (_what, box, rules) => {
    expect(added(box)).toEqual(rules);
  });

  it('are told of one CRD alone, too', () => {
    const [crd] = katalogOf(katalogWith('onReconcile: { configMaps: [{ name: a }] }')).crds;
    expect(deriveCrdRules(crd!).map(({ resources }) => resources[0])).toEqual([
      'configmaps',
      'websites',
      'websites/finalizers',
      'websites/status',
    ]);
  });
});
