// What holds for every object, patch and selector: by direct call and over HTTPS, against models that are simpler than the
// sandbox.
import fc from 'fast-check';
import {
  isJsonObject,
  jsonEquals,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
} from '../common';
import { CUSTOM_RESOURCE_DEFINITIONS, HttpKubeApi, HttpTransport, type KubeApi, type ResourceType } from '../kube';
import { startSandbox } from './sandbox';
import { type RunningSandbox } from './sandbox.types';

const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};
const WIDGETS: ResourceType = {
  group: 'p.example.com',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
};
const namespace = 'default';

let sandbox: RunningSandbox;
let transport: HttpTransport;
let http: KubeApi;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  const config = {
    server: sandbox.url!,
    ca: sandbox.caPem!,
    token: sandbox.token,
    insecureSkipTlsVerify: false,
    contextName: 'sandbox',
    source: 'flag' as const,
  };
  transport = new HttpTransport({ config, userAgent: 'spec/1 (test)' });
  http = new HttpKubeApi(transport);
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: open } } };
  await sandbox.api.create(CUSTOM_RESOURCE_DEFINITIONS, undefined, {
    metadata: { name: 'widgets.p.example.com' },
    spec: {
      group: 'p.example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  });
});

afterAll(async () => {
  await transport.close();
  await sandbox.stop();
});

/** Names that JavaScript has plans of its own with stand among the others. */
const HOSTILE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
const names = fc.constantFrom('a', 'b', 'c', 'd', ...HOSTILE);
const dataKeys = fc.constantFrom('a', 'b', 'c', 'd', 'constructor', 'toString', 'a.b', 'x-y_z');

function mapOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const map: MutableJsonObject = {};
  for (const [key, value] of entries) setOwn(map, key, value);
  return map;
}

const map = (values: fc.Arbitrary<JsonValue>, keys = names): fc.Arbitrary<JsonObject> =>
  fc.array(fc.tuple(keys, values), { maxLength: 4 }).map(mapOf);
const scalar = fc.constantFrom<JsonValue>('x', '', 'long text', 0, 1, -2.5, true, false);
const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, scalar, fc.array(scalar, { maxLength: 3 }), map(tie('tree'))),
}));
const specs = map(tree);
/** Without empty maps: a map that an apply leaves empty becomes null, here as on the real server. */
const { full } = fc.letrec<{ full: JsonValue }>((tie) => ({
  full: fc.oneof({ maxDepth: 3 }, scalar, fc.array(scalar, { maxLength: 3 }), filled(tie('full'))),
}));
const configurations = filled(full);

function filled(values: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(names, values), { minLength: 1, maxLength: 4 }).map(mapOf);
}
const data = map(fc.constantFrom('1', '2', '3'), dataKeys) as fc.Arbitrary<Readonly<Record<string, string>>>;
/** A null removes. */
const { change } = fc.letrec<{ change: JsonValue }>((tie) => ({
  change: fc.oneof({ maxDepth: 3 }, fc.constant(null), scalar, fc.array(scalar, { maxLength: 2 }), map(tie('change'))),
}));
const changes = map(change);

const widget = (name: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'p.example.com/v1',
  kind: 'Widget',
  metadata: { name, namespace },
  spec,
});
const configMap = (name: string, values: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data: values,
});

/** RFC 7386, word for word. */
function merged(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const result = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, merged(result.get(key) ?? null, value ?? null));
  }
  return mapOf([...result].map(([key, value]) => [key, value ?? null]));
}

/** fieldsV1 of the members of an applied map. */
function ownedMembers(map: JsonObject): JsonObject {
  return mapOf(Object.entries(map).map(([key, child]) => [`f:${key}`, owned(child ?? null)]));
}

/** Of a value whose schema says nothing: maps and their members, all else as a whole. */
function owned(value: JsonValue): JsonObject {
  return isJsonObject(value) ? { '.': {}, ...ownedMembers(value) } : {};
}

function fieldsOf(object: JsonObject, manager: string): JsonValue | undefined {
  const entries = (object['metadata'] as { readonly managedFields?: readonly JsonObject[] }).managedFields ?? [];
  return entries.find((entry) => entry['manager'] === manager)?.['fieldsV1'];
}

const versionOf = ({ metadata }: JsonObject): unknown => (metadata as JsonObject)['resourceVersion'];

describe.each([
  ['by direct call', (): KubeApi => sandbox.api, 60],
  ['over HTTPS', (): KubeApi => http, 25],
])('%s', (_way, apiOf, numRuns) => {
  const next = (): string => `p${count++}`;
  const refOf = (
    resource: ResourceType,
    name: string,
  ): { resource: ResourceType; namespace: string; name: string } => ({
    resource,
    namespace,
    name,
  });
  const assert = <T extends [unknown, ...unknown[]]>(property: fc.IAsyncProperty<T>): Promise<void> =>
    fc.assert(property, { numRuns });

  it('applying twice is applying once, and managedFields are the fields that were applied', () =>
    assert(
      fc.asyncProperty(configurations, configurations, async (first, second) => {
        const api = apiOf();
        const ref = refOf(WIDGETS, next());
        const apply = { fieldManager: 'one', force: true };
        for (const spec of [first, second]) {
          const once = await api.apply(ref, widget(ref.name, spec), apply);
          const twice = await api.apply(ref, widget(ref.name, spec), apply);
          expect(versionOf(twice)).toBe(versionOf(once));
          expect(jsonEquals((twice as JsonObject)['spec'] ?? {}, spec)).toBe(true);
          expect(jsonEquals(fieldsOf(twice, 'one'), { 'f:spec': ownedMembers(spec) })).toBe(true);
        }
      }),
    ));

  it('two managers own what each of them says last', () =>
    assert(
      fc.asyncProperty(data, data, async (first, second) => {
        const api = apiOf();
        const ref = refOf(CONFIG_MAPS, next());
        const applyAs = (fieldManager: string, values: JsonObject): Promise<JsonObject> =>
          api.apply(ref, configMap(ref.name, values), { fieldManager, force: true });
        await applyAs('one', first);
        const both = await applyAs('two', second);
        expect(both['data'] ?? {}).toEqual({ ...first, ...second });
        const kept = Object.keys(first).filter((key) => !Object.hasOwn(second, key) || second[key] === first[key]);
        const ofOne = Object.keys((fieldsOf(both, 'one') as JsonObject | undefined)?.['f:data'] ?? {});
        expect(ofOne.filter((name) => name !== '.').sort()).toEqual(kept.map((key) => `f:${key}`).sort());
        // What only the second said goes with it; what the first still owns stays.
        const left = await applyAs('two', {});
        expect(left['data'] ?? {}).toEqual(Object.fromEntries(kept.map((key) => [key, first[key]])));
      }),
    ));

  it('a merge patch does what RFC 7386 says, and nothing the second time', () =>
    assert(
      fc.asyncProperty(specs, changes, async (spec, patch) => {
        const api = apiOf();
        const ref = refOf(WIDGETS, next());
        await api.create(WIDGETS, namespace, widget(ref.name, spec));
        const once = await api.patch(ref, { type: 'merge', body: { spec: patch } });
        expect(jsonEquals((once as JsonObject)['spec'], merged(spec, patch))).toBe(true);
        const twice = await api.patch(ref, { type: 'merge', body: { spec: patch } });
        expect(versionOf(twice)).toBe(versionOf(once));
      }),
    ));

  it('a JSON patch is done wholly or not at all', () => {
    const operation = fc.record({
      op: fc.constantFrom('add', 'replace', 'remove', 'test'),
      key: fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__'),
      value: fc.constantFrom('1', '2'),
    });
    return assert(
      fc.asyncProperty(data, fc.array(operation, { maxLength: 4 }), async (values, operations) => {
        const api = apiOf();
        const ref = refOf(WIDGETS, next());
        const made = await api.create(WIDGETS, namespace, widget(ref.name, values));
        const model = new Map<string, JsonValue | undefined>(Object.entries(values));
        const isDone = operations.every(({ op, key, value }) => {
          if (op === 'test') return model.get(key) === value;
          // What is replaced need not be there: so the library of the real server has it.
          if (op === 'remove' && !model.has(key)) return false;
          if (op === 'remove') model.delete(key);
          else model.set(key, value);
          return true;
        });
        const body: JsonArray = operations.map(({ op, key, value }) => ({ op, path: `/spec/${key}`, value }));
        const patched = api.patch(ref, { type: 'json', body });
        if (isDone) {
          expect(new Map(Object.entries(((await patched) as JsonObject)['spec'] as JsonObject))).toEqual(model);
        } else {
          await expect(patched).rejects.toMatchObject({ status: { code: 422 } });
          expect(versionOf(await api.get(ref))).toBe(versionOf(made));
        }
      }),
    );
  });

  it('selectors select what they say', async () => {
    const api = apiOf();
    const group = next();
    const labelled = fc.sample(map(fc.constantFrom('', 'x', 'y', '7'), fc.constantFrom('k', 'l', 'constructor')), 12);
    const objects = labelled.map((labels, index) => ({
      name: `${group}-${index}`,
      labels: { ...(labels as Readonly<Record<string, string>>), group },
    }));
    for (const { name, labels } of objects) {
      await api.create(CONFIG_MAPS, namespace, { metadata: { name, labels } });
    }
    const key = fc.constantFrom('k', 'l', 'constructor', 'toString');
    const value = fc.constantFrom<string[]>('', 'x', 'y', '7');
    const found = (labels: Readonly<Record<string, string>>, name: string): string | undefined =>
      Object.hasOwn(labels, name) ? labels[name] : undefined;
    type Requirement = readonly [text: string, holds: (labels: Readonly<Record<string, string>>) => boolean];
    const requirement: fc.Arbitrary<Requirement> = fc.oneof(
      key.map((k): Requirement => [k, (labels) => found(labels, k) !== undefined]),
      key.map((k): Requirement => [`!${k}`, (labels) => found(labels, k) === undefined]),
      fc.tuple(key, value).map(([k, v]): Requirement => [`${k}=${v}`, (labels) => found(labels, k) === v]),
      fc.tuple(key, value).map(([k, v]): Requirement => [`${k}!=${v}`, (labels) => found(labels, k) !== v]),
      fc
        .tuple(key, fc.array(value, { minLength: 1, maxLength: 3 }))
        .map(([k, vs]): Requirement => [`${k} in (${vs.join(',')})`, (labels) => vs.includes(found(labels, k) ?? '-')]),
      fc
        .tuple(key, fc.array(value, { minLength: 1, maxLength: 3 }))
        .map(([k, vs]): Requirement => [
          `${k} notin (${vs.join(',')})`,
          (labels) => !vs.includes(found(labels, k) ?? '-'),
        ]),
      fc
        .tuple(key, fc.nat(9))
        .map(([k, n]): Requirement => [`${k}>${n}`, (labels) => found(labels, k) === '7' && n < 7]),
    );
    const field = fc.option(fc.tuple(fc.constantFrom('=', '!='), fc.nat(13)), { nil: undefined });
    await assert(
      fc.asyncProperty(fc.array(requirement, { maxLength: 3 }), field, async (requirements, byName) => {
        const fieldSelector = byName === undefined ? undefined : `metadata.name${byName[0]}${group}-${byName[1]}`;
        const { items } = await api.list({
          resource: CONFIG_MAPS,
          namespace,
          labelSelector: [`group=${group}`, ...requirements.map(([text]) => text)].join(','),
          ...(fieldSelector === undefined ? {} : { fieldSelector }),
        });
        const expected = objects.filter(({ name, labels }) => {
          const isNamed = byName === undefined || (name === `${group}-${byName[1]}`) === (byName[0] === '=');
          return isNamed && requirements.every(([, holds]) => holds(labels));
        });
        expect(items.map(({ metadata }) => metadata.name).sort()).toEqual(expected.map(({ name }) => name).sort());
      }),
    );
  });

  it('names of JavaScript are names like others', () =>
    assert(
      fc.asyncProperty(specs, changes, async (spec, patch) => {
        const before = Reflect.ownKeys(Object.prototype).length;
        const api = apiOf();
        const ref = refOf(WIDGETS, next());
        const hostile = mapOf(HOSTILE.map((name) => [name, mapOf([['polluted', spec]])]));
        await api.apply(ref, widget(ref.name, hostile), { fieldManager: 'one', force: true });
        expect(jsonEquals(((await api.get(ref)) as JsonObject)['spec'], hostile)).toBe(true);
        const body = { spec: mapOf(HOSTILE.map((name) => [name, patch])) };
        const patched = (await api.patch(ref, { type: 'merge', body })) as JsonObject;
        expect(jsonEquals(patched['spec'], merged(hostile, body.spec))).toBe(true);
        expect(({} as JsonObject)['polluted']).toBeUndefined();
        expect(Reflect.ownKeys(Object.prototype)).toHaveLength(before);
      }),
    ));
});
