// Whole numbers of an int64 that JavaScript would round go through every layer with all their digits: the CR that the
// API server sends, templates, children, status, what the operator itself shows.
import { setTimeout as pause } from 'node:timers/promises';
import { type JsonObject, valueAt } from '../../../src/modules/common';
import { type KubeObject } from '../../../src/modules/kube';
import { eventually } from '../support/eventually';
import { Operator } from '../support/operator';
import { type Plane, type StartPlane } from '../support/plane';
import { CONFIG_MAPS } from '../support/websites';

const LEDGERS = { group: 'demo.orkestra.io', version: 'v1', kind: 'Ledger', plural: 'ledgers', namespaced: true };
const PATH = '/apis/demo.orkestra.io/v1/namespaces/default/ledgers/one';

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ledgers.demo.orkestra.io }
spec:
  group: demo.orkestra.io
  scope: Namespaced
  names: { kind: Ledger, listKind: LedgerList, plural: ledgers, singular: ledger }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                account: { type: integer, format: int64, minimum: 1 }
                title: { type: string }
                entries: { type: array, x-kubernetes-list-type: set, items: { type: integer, format: int64 } }
                listed: { type: integer, enum: [9007199254740993] }
                threes: { type: integer, multipleOf: 3 }
                bounded: { type: integer, maximum: 9007199254740993 }
                ruled: { type: integer, x-kubernetes-validations: [{ rule: self != 9007199254740993 }] }
                half: { type: number, x-kubernetes-validations: [{ rule: self < 1.5 }] }
                free: { type: object, x-kubernetes-preserve-unknown-fields: true }
            status: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

const KATALOG = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: ledgers }
notes:
  functions:
    - { name: account, expression: "{{ .spec.account }}" }
spec:
  crds:
    ledger:
      apiTypes: { group: demo.orkestra.io, version: v1, kind: Ledger, plural: ledgers }
      operatorBox:
        reconciler: { resync: 1s }
        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}"
              data:
                account: "{{ .spec.account }}"
                noted: "{{ account }}"
                entries: '{{ range .spec.entries }}{{ printf "%d" . }};{{ end }}'
                free: "{{ .spec.free.deep.number }}"
                isEqual: "{{ eq .spec.account 9007199254740993 }} {{ eq .spec.account 9007199254740992 }}"
        status:
          fields:
            - { path: account, type: int, value: "{{ .spec.account }}" }
            - { path: guessed, type: auto, value: "{{ .spec.free.deep.number }}" }
            - { path: again, type: int, value: "{{ .status.account }}", when: [{ field: status.account, exists: true }] }
`;

const ONE: JsonObject = {
  apiVersion: 'demo.orkestra.io/v1',
  kind: 'Ledger',
  metadata: { name: 'one', namespace: 'default' },
  spec: {
    account: 9007199254740993n,
    title: 'first',
    entries: [9007199254740993n, -9007199254740995n, 9223372036854775807n, 1],
    free: { deep: { number: -9223372036854775808n } },
  },
};

let plane: Plane;
let operator: Operator;

async function ledger(): Promise<KubeObject> {
  return plane.api.get({ resource: LEDGERS, namespace: 'default', name: 'one' });
}

async function settled(): Promise<KubeObject> {
  return eventually('the status is written', async () => {
    const found = await ledger();
    return valueAt(found, ['status', 'again']) === undefined ? undefined : found;
  });
}

export function exactNumberCases(start: StartPlane): void {
  beforeAll(async () => {
    plane = await start({ manifests: [CRD] });
    operator = await Operator.start(plane, { katalog: KATALOG });
    const ref = { resource: LEDGERS, namespace: 'default', name: 'one' };
    await eventually('the kind takes objects', async () => {
      await plane.api.apply(ref, ONE, { fieldManager: 'test', force: true });
      return true;
    });
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  it('come from the custom resource into children and status', async () => {
    const found = await settled();
    expect(found).toMatchObject({ spec: ONE['spec'] as JsonObject });
    const { data } = await plane.api.get({ resource: CONFIG_MAPS, namespace: 'default', name: 'one' });
    expect(data).toEqual({
      account: '9007199254740993',
      noted: '9007199254740993',
      entries: '9007199254740993;-9007199254740995;9223372036854775807;1;',
      free: '-9223372036854775808',
      isEqual: 'true false',
    });
    const { body } = await plane.api.raw(PATH);
    expect(/"status":(\{.*\})\}\s*$/.exec(body)?.[1]).toMatch(/"account":9007199254740993[,}]/);
    expect(/"status":(\{.*\})\}\s*$/.exec(body)?.[1]).toMatch(/"guessed":-9223372036854775808[,}]/);
    expect(/"status":(\{.*\})\}\s*$/.exec(body)?.[1]).toMatch(/"again":9007199254740993[,}]/);
  });

  it('are equal to themselves: nothing is written at rest', async () => {
    await settled();
    await pause(1_000);
    const before = plane.audit.writes().filter(({ requestURI }) => !requestURI.includes('/leases/')).length;
    await pause(3_000);
    const writes = plane.audit.writes().filter(({ requestURI }) => !requestURI.includes('/leases/'));
    expect(writes.slice(before).map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual([]);
  });

  it('survive a patch of something else, and a change of their last digit is seen', async () => {
    const ref = { resource: LEDGERS, namespace: 'default', name: 'one' };
    const titled = await plane.api.patch(ref, { type: 'merge', body: { spec: { title: 'second' } } });
    expect(valueAt(titled, ['spec', 'account'])).toBe(9007199254740993n);
    await plane.api.patch(ref, { type: 'merge', body: { spec: { account: 9007199254740995n } } });
    await eventually('the child follows', async () => {
      const { data } = await plane.api.get({ resource: CONFIG_MAPS, namespace: 'default', name: 'one' });
      return (data as JsonObject)['noted'] === '9007199254740995';
    });
    await eventually('the status follows', async () => {
      return valueAt(await ledger(), ['status', 'account']) === 9007199254740995n;
    });
  });

  it.each<[JsonObject, string]>([
    [{ account: 9223372036854775808 }, 'spec.account in body must be of type int64: "float64"'],
    [{ entries: [9007199254740993n, 9007199254740993n] }, 'spec.entries[1]: Duplicate value: 9007199254740993'],
    [
      { listed: 9007199254740992n },
      'spec.listed: Unsupported value: 9007199254740992: supported values: "9007199254740993"',
    ],
    [
      { threes: 9007199254740992n },
      'spec.threes: Invalid value: 9007199254740992: spec.threes in body should be a multiple of 3',
    ],
    [
      { bounded: 9007199254740993n },
      'spec.bounded: Invalid value: 9007199254740993: spec.bounded in body should be less than or equal to 9007199254740992',
    ],
    [
      { ruled: 9007199254740993n },
      'spec.ruled: Invalid value: 9007199254740993: failed rule: self != 9007199254740993',
    ],
    [{ half: 9007199254740993n }, 'spec.half: Invalid value: 9007199254740993: failed rule: self < 1.5'],
    [{ title: 9007199254740993n }, 'spec.title in body must be of type string: "integer"'],
  ])('%# are told as they are when the server refuses them', async (spec, message) => {
    const create = plane.api.create(LEDGERS, 'default', { ...ONE, metadata: { name: 'refused' }, spec });
    await expect(create).rejects.toThrow(message);
  });

  it('are taken where the schema allows them', async () => {
    const spec = {
      entries: [9007199254740993n, 9007199254740992n],
      listed: 9007199254740993n,
      threes: 9007199254740993n,
    };
    const made = await plane.api.create(LEDGERS, 'default', { ...ONE, metadata: { name: 'taken' }, spec });
    expect(made['spec']).toEqual(spec);
  });

  it.each([
    ['/openapi/v3/apis/demo.orkestra.io/v1', '{"type":"integer","enum":[9007199254740993]}'],
    // The older document holds float64 only.
    ['/openapi/v2', '{"type":"integer","enum":[9007199254740992]}'],
  ])('stand in %s, where other programs read the schema', async (path, schema) => {
    const listed = await eventually('the kind is in the document', async () => {
      const { status, body } = await plane.api.raw(path, { accept: 'application/json' });
      expect(status).toBe(200);
      return /"listed":(\{[^}]*\})/.exec(body)?.[1];
    });
    expect(listed).toBe(schema);
  });

  it('are shown by the HTTP API of the operator', async () => {
    const account = String(valueAt(await settled(), ['status', 'account']));
    const response = await fetch(`${operator.url}/katalog/ledger/cr/default/one`);
    expect(await response.text()).toMatch(new RegExp(`"account":${account}[,}]`));
    const list = await fetch(`${operator.url}/katalog/ledger/cr?field=spec.account`);
    expect(await list.text()).toMatch(new RegExp(`"value":${account}[,}]`));
  });
}
