import { type JsonObject } from '../../common';
import { type CompiledKatalog, deriveRuntimeRules, type PolicyRule } from '../../katalog';
import { type KubeApi, KubeApiError, type KubeObject, KubeTransportError } from '../../kube';
import { type Logger, silentLogger } from '../../observability';
import { checkRights } from './check-rights';

type Asked = Pick<CompiledKatalog, 'name' | 'crds' | 'declaredRights' | 'files'>;
const SHOP: Asked = { name: 'shop', crds: [], declaredRights: [], files: [] };
const KATALOG = SHOP as CompiledKatalog;
const NEEDED = deriveRuntimeRules(KATALOG);
const ALL: PolicyRule = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
const REQUEST = { verb: 'create', what: 'create selfsubjectrulesreviews.authorization.k8s.io' };

type Answer = JsonObject | Error;

let reviews: { kind: string; body: JsonObject }[];
let logged: { event: string; problem: unknown }[];

beforeEach(() => {
  reviews = [];
  logged = [];
});

const logger: Logger = {
  ...silentLogger,
  debug: (event, fields) => void logged.push({ event, problem: fields?.['problem'] }),
  warn: (event, fields) => void logged.push({ event, problem: fields?.['problem'] }),
};

function check(
  rules: Answer,
  account: Answer = { userInfo: { username: 'system:serviceaccount:a:b' } },
): Promise<void> {
  const api: Pick<KubeApi, 'create'> = {
    create: ({ kind }, namespace, body) => {
      expect(namespace).toBeUndefined();
      reviews.push({ kind, body });
      const answer = kind === 'SelfSubjectRulesReview' ? rules : account;
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ ...body, metadata: { name: '' }, status: answer } as unknown as KubeObject);
    },
  };
  return checkRights(
    { katalog: KATALOG, api: api as KubeApi, namespace: 'shop-system', logger },
    AbortSignal.timeout(1e4),
  );
}

const granting = (rules: readonly PolicyRule[]): JsonObject => ({
  incomplete: false,
  resourceRules: rules as unknown as readonly JsonObject[],
});
const without = (resource: string): readonly PolicyRule[] =>
  NEEDED.filter(({ resources }) => !resources.includes(resource));

it('asks the server once for the rules in the namespace of the Lease', async () => {
  await check(granting([ALL]));
  expect(reviews).toEqual([
    {
      kind: 'SelfSubjectRulesReview',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace: 'shop-system' },
      },
    },
  ]);
  expect(logged).toEqual([]);
});

it('is content with exactly the rules that are derived from the Katalog', async () => {
  await check(granting(NEEDED));
  expect(logged).toEqual([]);
});

it('refuses to start without a right, and names the account, the Katalog and the rule to add', async () => {
  await expect(check(granting(without('leases')))).rejects.toMatchObject({
    code: 'RIGHTS_MISSING',
    kind: 'UserError',
    message:
      'the account "system:serviceaccount:a:b" lacks rights that the Katalog "shop" needs; add to its ClusterRole:\n' +
      '  - {apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "list", "watch", "create", "update", "patch"]}',
  });
});

it('names only the verbs that are missing', async () => {
  const some: PolicyRule = {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['get', 'list', 'watch'],
  };
  await expect(check(granting([...without('leases'), some]))).rejects.toThrow(
    '  - {apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create", "update", "patch"]}',
  );
});

it('does not count a rule for named objects', async () => {
  const named = NEEDED.map((rule) => ({ ...rule, resourceNames: ['one'] }));
  await expect(check(granting(named))).rejects.toMatchObject({ code: 'RIGHTS_MISSING' });
});

it('leaves the account out where the server does not tell it', async () => {
  const unknown = new KubeApiError({ code: 404, reason: 'NotFound', message: '', causes: [] }, REQUEST);
  await expect(check(granting([]), unknown)).rejects.toThrow(/^the account lacks rights/);
  await expect(check(granting([]), {})).rejects.toThrow(/^the account lacks rights/);
});

it('starts without the right to write Events, with a warning that names the rule', async () => {
  await check(granting(without('events')));
  expect(logged.map(({ event }) => event)).toEqual(['rights.missing']);
  expect(logged[0]?.problem).toMatch(/^no Events can be written: the account lacks\n {2}- \{apiGroups: .*"events"/);
});

it.each<[string, Answer]>([
  ['knows only part of the rules', { incomplete: true, resourceRules: [] }],
  ['refuses the review', new KubeApiError({ code: 403, reason: 'Forbidden', message: 'no', causes: [] }, REQUEST)],
])('leaves it to the requests themselves when the server %s', async (_how, answer) => {
  await expect(check(answer)).resolves.toBeUndefined();
  expect(reviews).toHaveLength(1);
});

it('does not start on a connection that broke', async () => {
  const broken = new KubeTransportError(REQUEST, 'reset', 'the connection broke');
  await expect(check(broken)).rejects.toBe(broken);
});

it.each<[string, JsonObject]>([
  ['no rules', {}],
  ['rules of another shape', { resourceRules: ['x', { verbs: 'get', apiGroups: [1], resources: null }] }],
])('takes an answer with %s for no rights at all', async (_how, answer) => {
  await expect(check(answer)).rejects.toMatchObject({ code: 'RIGHTS_MISSING' });
});
