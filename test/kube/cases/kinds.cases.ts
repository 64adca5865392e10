// Every kind of child that a block may declare, in one Katalog: its object is made, left alone at rest, corrected when
// somebody edits it, and pruned with its entry. A kind without a row fails the first test.
import { isJsonObject, type JsonValue, LABEL } from '../../../src/modules/common';
import { type KubeObject, type ObjectRef, type ResourceType } from '../../../src/modules/kube';
import { entryKinds, resourceKinds } from '../../../src/modules/resources';
import { eventually } from '../support/eventually';
import { find } from '../support/find';
import { type Plane, type StartPlane } from '../support/plane';
import { Stage } from '../support/stage';
import { CRD_MANIFEST, conditionOf, type Websites } from '../support/websites';
import { type KindRow } from './kind-rows/kind-row';
import { OF_PROFILES, ROW_PROFILES } from './kind-rows/row-profiles';
import { OTHER_ROWS } from './kind-rows/other-rows';
import { WORKLOAD_ROWS } from './kind-rows/workload-rows';

const ROWS: readonly KindRow[] = [...OTHER_ROWS, ...WORKLOAD_ROWS];
const CR = 'all';

/** A Website that is nothing but these entries. */
function katalogOf(rows: readonly KindRow[]): string {
  const lists = rows.flatMap(({ listKey, resource, entry }) => [
    `          ${listKey}:`,
    `            - ${nameLine(`"{{ .metadata.name }}-${listKey.toLowerCase()}"`, resource)}`,
    ...entry.map((line) => `              ${line}`),
  ]);
  return [
    'apiVersion: orkestra.orkspace.io/v1',
    'kind: Katalog',
    'metadata: { name: kinds }',
    'spec:',
    '  crds:',
    '    website:',
    '      crdFile: ../crd.yaml',
    '      operatorBox:',
    '        reconciler: { resync: 300ms }',
    '        onReconcile:',
    ...lists,
    ...ROW_PROFILES,
    '',
  ].join('\n');
}

/** An entry that names its kind has its name where the object has it. */
function nameLine(name: string, resource: ResourceType | undefined): string {
  return resource === undefined ? `name: ${name}` : `metadata: { name: ${name} }`;
}

function resourceOf({ listKey, resource }: KindRow): ResourceType {
  const found = resource ?? resourceKinds.find(({ facts }) => facts.listKey === listKey)?.facts.resource;
  if (found === undefined) throw new Error(`there is no kind ${listKey}`);
  return found;
}

function refOf(row: KindRow): ObjectRef {
  const resource = resourceOf(row);
  const name = `${CR}-${row.listKey.toLowerCase()}`;
  return { resource, name, ...(resource.namespaced ? { namespace: 'default' } : {}) };
}

/** What stands in the object where the patch has members. */
function placesOf(patch: JsonValue | undefined, object: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(patch) || !isJsonObject(object)) return object;
  return Object.fromEntries(Object.keys(patch).map((key) => [key, placesOf(patch[key], object[key])]));
}

let plane: Plane;
let stage: Stage;
let websites: Websites;

async function objectOf(row: KindRow): Promise<KubeObject> {
  const found = await find(plane, refOf(row));
  if (found === undefined) throw new Error(`no object of ${row.listKey}`);
  return found;
}

async function missing(rows: readonly KindRow[]): Promise<readonly string[]> {
  const found = await Promise.all(rows.map((row) => find(plane, refOf(row))));
  return rows.filter((_row, index) => found[index] === undefined).map(({ listKey }) => listKey);
}

/** `runsWorkloads`: else nobody but the operator and the test writes, and a workload never becomes ready. */
export function kindCases(begin: StartPlane, { runsWorkloads }: { readonly runsWorkloads: boolean }): void {
  beforeAll(async () => {
    plane = await begin({ manifests: [CRD_MANIFEST], runsWorkloads });
    stage = new Stage(plane, katalogOf(ROWS));
    ({ websites } = stage);
    await websites.install();
    await stage.start();
    await websites.create(CR);
  });

  afterAll(async () => {
    await stage?.stop();
    await plane?.stop();
  });

  it('have a row each', () => {
    expect(ROWS.map(({ listKey }) => listKey).sort()).toEqual(entryKinds.map(({ facts }) => facts.listKey).sort());
  });

  it('are all made, with labels and owner', async () => {
    await eventually('every object is there', async () => {
      const left = await missing(ROWS);
      if (left.length === 0) return true;
      const ready = conditionOf(await websites.get(CR), 'Ready');
      throw new Error(`missing are ${left.join(', ')}; ${String(ready?.['message'])}`);
    });
    const uid = (await websites.get(CR))?.metadata.uid;
    for (const row of ROWS) {
      const { metadata } = await objectOf(row);
      const owners = resourceOf(row).namespaced ? [uid] : undefined;
      expect({ kind: row.listKey, owners: metadata.ownerReferences?.map((owner) => owner.uid) }).toEqual({
        kind: row.listKey,
        owners,
      });
      expect(metadata.labels).toMatchObject({ [LABEL.managed]: 'true', [LABEL.ownerUid]: uid });
    }
  });

  it('carry the values of the profiles of the Katalog', async () => {
    for (const row of ROWS) {
      const spec = OF_PROFILES[row.listKey];
      if (spec !== undefined) expect(await objectOf(row)).toMatchObject({ spec });
    }
  });

  it('are ready where pods run, but for what needs a volume', async () => {
    const open = ROWS.filter(({ needsVolume }) => needsVolume === true).map(({ listKey }) => listKey);
    await eventually('the others are ready', async () => {
      const { message } = await websites.condition(CR, 'False', 'ChildrenNotReady');
      const named = ROWS.filter((row) => String(message).includes(`${refOf(row).name} `)).map(({ listKey }) => listKey);
      if (runsWorkloads) expect(named).toEqual(open);
      else expect(named).not.toEqual([]);
      return true;
    });
  });

  it('are not written at rest, nor by the next runtime', async () => {
    await stage.expectRest();
    const mark = Date.now();
    await stage.restart();
    await stage.expectRest();
    expect(stage.writesSince(mark)).toEqual([]);
  });

  it('are corrected when somebody edits them', async () => {
    const before = await Promise.all(ROWS.map(async (row) => placesOf(row.edit, await objectOf(row))));
    await Promise.all(ROWS.map((row) => plane.api.patch(refOf(row), { type: 'merge', body: row.edit })));
    const expected = ROWS.map((row, index) => (row.keepsEdits === true ? row.edit : before[index]));
    await eventually('every edit is corrected', async () => {
      const now = await Promise.all(ROWS.map(async (row) => placesOf(row.edit, await objectOf(row))));
      expect(now).toEqual(expected);
      return true;
    });
    await stage.expectRest();
  });

  it('are pruned when their entries leave the Katalog', async () => {
    const [one, ...others] = ROWS;
    if (one === undefined) throw new Error('no row');
    await stage.restart(katalogOf([one]));
    const kept = others.filter(({ isRetained }) => isRetained === true);
    const pruned = others.filter(({ isRetained }) => isRetained !== true);
    await eventually('every other object is gone', async () => {
      const left = await Promise.all(pruned.map((row) => find(plane, refOf(row))));
      const names = pruned.filter((_row, index) => left[index] !== undefined).map(({ listKey }) => listKey);
      if (names.length > 0) throw new Error(`still there: ${names.join(', ')}`);
      return true;
    });
    expect(await missing([one, ...kept])).toEqual([]);
  });
}
