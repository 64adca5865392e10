// The runtime under a ServiceAccount that has only the rights that are derived from the Katalog.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, LABEL, LEASE_NAME } from '../../src/modules/common';
import { compileKatalog, deriveRuntimeRules, type PolicyRule, ruleText } from '../../src/modules/katalog';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { Operator } from './support/operator';
import { childrenOf, CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, SERVICES, Websites } from './support/websites';

const ACCOUNT = 'orkestra';
const USER = `system:serviceaccount:default:${ACCOUNT}`;
const KATALOG = katalog();
const WITHOUT_SERVICES = katalog([/ {10}services:\n(?: {12}.*\n)+/, '']);
/** The Deployment goes before the CR may go: the CRs carry our finalizer. */
const WITH_ORDER = katalog([
  '        status:\n',
  '        onDelete:\n          ordered: true\n          deployments:\n            - name: "{{ .metadata.name }}"\n              image: "{{ .spec.image }}"\n        status:\n',
]);

let plane: ControlPlane;
let websites: Websites;
let kubeconfig: string;
let operator: Operator | undefined;

beforeAll(async () => {
  plane = await ControlPlane.start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
  websites = new Websites(plane);
  await websites.install();
  await plane.kubectl('create', 'serviceaccount', ACCOUNT);
  const token = (await plane.kubectl('create', 'token', ACCOUNT, '--duration', '1h')).trim();
  kubeconfig = plane.writeKubeconfig(ACCOUNT, token);
});

afterAll(() => plane?.stop());

afterEach(async () => {
  await operator?.stop();
  operator = undefined;
  await websites.clear();
});

/** The rules for a Katalog, as `ork` derives them offline. */
function rulesFor(text: string): readonly PolicyRule[] {
  const folder = join(plane.folder, 'rules');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'katalog.yaml');
  writeFileSync(file, text);
  return deriveRuntimeRules(compileKatalog([file]));
}

async function grant(rules: readonly PolicyRule[]): Promise<void> {
  const name = ACCOUNT;
  const api = 'rbac.authorization.k8s.io';
  const role = { apiVersion: `${api}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: 'default' }];
  const roleRef = { apiGroup: api, kind: 'ClusterRole', name };
  const binding = { apiVersion: `${api}/v1`, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects };
  await plane.applyText(JSON.stringify(role));
  await plane.applyText(JSON.stringify(binding));
  await granted(rules);
}

/** The authorizer of the API server learns of a role a moment after it was written. */
async function granted(rules: readonly PolicyRule[]): Promise<void> {
  const api = await plane.connect(kubeconfig, 'rights-test');
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace: 'default' },
  };
  const resource = {
    group: 'authorization.k8s.io',
    version: 'v1',
    kind: 'SelfSubjectRulesReview',
    plural: 'selfsubjectrulesreviews',
    namespaced: false,
  };
  const key = ({ apiGroups, resources, verbs }: PolicyRule): string =>
    `${apiGroups[0]}/${resources[0]} ${[...verbs].sort().join()}`;
  const wanted = rules.map(key).sort();
  await eventually('the rights are in force', async () => {
    const answer = (await api.create(resource, undefined, review)) as unknown as {
      status: { resourceRules: PolicyRule[] };
    };
    const found = answer.status.resourceRules.filter(
      ({ apiGroups }) => apiGroups[0] !== 'authorization.k8s.io' && apiGroups[0] !== 'authentication.k8s.io',
    );
    return JSON.stringify(found.map(key).sort()) === JSON.stringify(wanted);
  });
}

async function start(text: string, options: { readonly waitsForReady?: boolean } = {}): Promise<Operator> {
  operator = await Operator.start(plane, { katalog: text, kubeconfig, ...options });
  return operator;
}

function refused(after: number): readonly string[] {
  return plane.audit
    .ofUser(USER, after)
    .filter(({ responseStatus }) => [401, 403].includes(responseStatus?.code ?? 0))
    .map(({ verb, requestURI }) => `${verb} ${requestURI}`);
}

it('lives its whole life with the derived rules: bring-up, drift, prune, deletion; nothing is refused', async () => {
  const mark = Date.now();
  await grant(rulesFor(KATALOG));
  const first = await start(KATALOG);
  await Promise.all(['one', 'two'].map((name) => websites.create(name)));
  for (const name of ['one', 'two']) await websites.condition(name, 'True', 'ReconcileSucceeded');
  expect(await websites.managed()).toEqual(childrenOf('one', 'two'));
  await eventually('an Event is written', async () =>
    (await websites.events('one')).some(({ reason }) => reason === 'WebsiteReconciled'),
  );
  expect(await plane.kubectl('get', 'lease', LEASE_NAME, '-o', 'jsonpath={.spec.holderIdentity}')).not.toBe('');

  await plane.kubectl('scale', 'deployment/one', '--replicas=5');
  await plane.kubectl('delete', 'service', 'two');
  await eventually('drift is corrected', async () => {
    const deployment = (await websites.find(DEPLOYMENTS, 'one')) as { spec?: { replicas?: number } } | undefined;
    return deployment?.spec?.replicas === 2 && (await websites.find(SERVICES, 'two')) !== undefined;
  });
  expect(await first.stop()).toBe(0);

  await start(WITHOUT_SERVICES);
  await eventually('the Services are pruned', async () => (await websites.managed()).length === 4);
  await operator?.stop();
  await grant(rulesFor(WITH_ORDER));
  await start(WITH_ORDER);
  await eventually('the CRs carry the finalizer', async () => (await websites.get('one'))?.metadata.finalizers?.length);
  await websites.delete('one');
  await websites.delete('two');
  await eventually(
    'the CRs are gone',
    async () => (await websites.get('one')) === undefined && (await websites.get('two')) === undefined,
  );
  await eventually('the Deployments are gone', async () => (await websites.find(DEPLOYMENTS, 'one')) === undefined);
  expect(refused(mark)).toEqual([]);
});

it('grants nothing that is not written in the rules', async () => {
  await grant(rulesFor(KATALOG));
  const asOrkestra = (...args: readonly string[]): Promise<string> =>
    plane.kubectl(...args, `--as=${USER}`).catch((error: { stdout?: string }) => String(error.stdout ?? ''));
  for (const [verb, resource] of [
    ['list', 'secrets'],
    ['create', 'pods'],
    ['delete', 'websites'],
    ['update', 'deployments'],
  ] as const) {
    expect([verb, resource, (await asOrkestra('auth', 'can-i', verb, resource)).trim()]).toEqual([
      verb,
      resource,
      'no',
    ]);
  }
});

it('needs the right to update finalizers: without it no owner can be named that blocks', async () => {
  const rules = rulesFor(KATALOG);
  const owner = await websites.create('owner');
  const child = (name: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'default',
      ownerReferences: [
        {
          apiVersion: owner.apiVersion,
          kind: owner.kind,
          name: owner.metadata.name,
          uid: owner.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
  });
  await grant(rules.filter(({ resources }) => !resources.includes('websites/finalizers')));
  const api = await plane.connect(kubeconfig, 'rights-test');
  await expect(api.create(CONFIG_MAPS, 'default', child('without'))).rejects.toThrow(/cannot set blockOwnerDeletion/);
  await grant(rules);
  await expect(api.create(CONFIG_MAPS, 'default', child('with'))).resolves.toMatchObject({
    metadata: { name: 'with' },
  });
});

describe('one rule is missing', () => {
  const needed = [
    'apiextensions.k8s.io/customresourcedefinitions',
    'apps/deployments',
    'coordination.k8s.io/leases',
    'demo.orkestra.io/websites',
    'demo.orkestra.io/websites/finalizers',
    'demo.orkestra.io/websites/status',
    '/configmaps',
    '/services',
  ];
  const wanted = ['/events', 'events.k8s.io/events'];
  const nameOf = ({ apiGroups, resources }: PolicyRule): string => `${apiGroups[0]}/${resources[0]}`;

  it('covers every rule there is', () => {
    expect(rulesFor(KATALOG).map(nameOf).sort()).toEqual([...needed, ...wanted].sort());
  });

  it.each(needed)('ends with exit code 1 and names the rule: %s', async (name) => {
    const rules = rulesFor(KATALOG);
    const missing = rules.filter((rule) => nameOf(rule) === name);
    await grant(rules.filter((rule) => nameOf(rule) !== name));
    const mark = Date.now();
    const refusedRuntime = await start(KATALOG, { waitsForReady: false });
    expect(await refusedRuntime.process.ended).toBe(1);
    expect(missing).toHaveLength(1);
    expect(refusedRuntime.output).toContain(
      `the account "${USER}" lacks rights that the Katalog "hello-website" needs`,
    );
    expect(refusedRuntime.output).toContain(ruleText(missing[0]!));
    expect(refusedRuntime.output).not.toMatch(/^\s+at /m);
    expect(plane.audit.writesOfUser(USER, mark)).toEqual([]);
  });

  it.each(wanted)('goes on without Events, and says so: %s', async (name) => {
    const rules = rulesFor(KATALOG);
    await grant(rules.filter((rule) => nameOf(rule) !== name));
    const runtime = await start(KATALOG);
    expect(runtime.output).toContain('no Events can be written');
    const [missing] = rules.filter((rule) => nameOf(rule) === name);
    expect(runtime.output).toContain(JSON.stringify(ruleText(missing!)).slice(1, -1));
    const site = `quiet-${wanted.indexOf(name)}`;
    await websites.create(site);
    await websites.condition(site, 'True');
  });

  it('only warns about a kind that an earlier Katalog wrote, and works for the rest', async () => {
    await grant(rulesFor(KATALOG));
    const before = await start(KATALOG);
    await websites.create('kept');
    await websites.condition('kept', 'True');
    await before.stop();
    await grant(rulesFor(WITHOUT_SERVICES));
    const runtime = await start(WITHOUT_SERVICES);
    const rule = ruleText({ apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] });
    await eventually('the warning is there', () => runtime.output.includes(JSON.stringify(rule).slice(1, -1)));
    await websites.create('new');
    await websites.condition('new', 'True');
    expect(await websites.managed()).toContain('services/kept');
    await runtime.stop();
    await grant(rulesFor(KATALOG));
    await start(WITHOUT_SERVICES);
    await eventually('the Service is pruned', async () => (await websites.find(SERVICES, 'kept')) === undefined);
    expect(await websites.managed()).toEqual(childrenOf('kept', 'new').filter((id) => !id.startsWith('services/')));
  });
});

it('tells a right that is taken away while it runs in the status of the CR, and recovers', async () => {
  const rules = rulesFor(KATALOG);
  await grant(rules);
  await start(KATALOG);
  await websites.create('late');
  await websites.condition('late', 'True');
  await grant(
    rules.map((rule) => (rule.resources.includes('services') ? { ...rule, verbs: ['get', 'list', 'watch'] } : rule)),
  );
  await plane.kubectl('delete', 'service', 'late');
  const condition = await websites.condition('late', 'False', 'ReconcileError');
  expect(condition['message']).toMatch(/services .*is forbidden: User "system:serviceaccount:default:orkestra" cannot/);
  await grant(rules);
  await websites.patch('late', { spec: { message: 'again' } });
  await websites.condition('late', 'True');
  expect((await websites.find(SERVICES, 'late'))?.metadata.labels?.[LABEL.managed]).toBe('true');
});
