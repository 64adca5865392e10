// What a CRD entry adds to the data of its templates, as types: reads of other CRDs, results of calls, related objects.
import { type SourceNode } from '../../common';
import { mapOf, objectOf, TEXT, type Type, UNKNOWN } from '../../expression';
import { walkFields } from '../../schema';
import { type CrdEntry, crdField } from '../model/crd.fields';
import { externalCall } from '../model/external.fields';

/** Keys beside those of the resource. */
export function declaredData(entry: CrdEntry): ReadonlyMap<string, Type> {
  const added = new Map<string, Type>();
  const cross = entry.operatorBox?.cross;
  if (cross !== undefined) added.set('cross', objectOf(new Map(cross.map((read) => [nameOf(read), CROSS]))));
  const calls = callNames(entry.node);
  if (calls.length > 0) added.set('external', objectOf(new Map(calls.map((name) => [name, CALL]))));
  if (isEnriched(entry)) for (const key of RELATED) added.set(key, UNKNOWN);
  return added;
}

/** Enrichment adds keys to children, too. */
export function isEnriched({ enrich, enrichAll }: CrdEntry): boolean {
  return enrich !== undefined || enrichAll === true;
}

type CrossRead = NonNullable<NonNullable<CrdEntry['operatorBox']>['cross']>[number];

function nameOf({ as: alias, crd }: CrossRead): string {
  return alias?.text ?? crd?.text ?? '';
}

const CROSS = objectOf(
  new Map<string, Type>([
    ['found', TEXT],
    ['name', TEXT],
    ['namespace', TEXT],
    ['spec', UNKNOWN],
    ['status', UNKNOWN],
    ['labels', mapOf(TEXT)],
    ['annotations', mapOf(TEXT)],
    ['metrics', UNKNOWN],
    ['health', UNKNOWN],
    ['events', UNKNOWN],
  ]),
);

const CALL = objectOf(
  new Map<string, Type>([
    ['status', TEXT],
    ['body', TEXT],
    ['error', TEXT],
    ['called', TEXT],
    ['statusCode', UNKNOWN],
    ['durationSeconds', UNKNOWN],
  ]),
);

/** What enrichment adds to an object. */
const RELATED = [
  '_pods',
  '_warnings',
  '_replicaSets',
  '_owner',
  '_endpoints',
  '_pv',
  '_pvc',
  '_storageClass',
  '_backingPods',
  '_node',
  '_currentMetrics',
  '_scaleTarget',
  '_activeJobs',
  '_lastJob',
  '_lastSuccessfulJob',
  '_loadBalancerIPs',
  '_tlsSecrets',
];

/** Of all calls of the entry, wherever they stand. */
function callNames(node: SourceNode): readonly string[] {
  const names: string[] = [];
  walkFields({ field: crdField, node, place: '' }, ({ field, node: written }) => {
    if (field !== externalCall) return true;
    const name = written.kind === 'map' ? written.entries.get('name')?.value : undefined;
    if (name?.kind === 'scalar') names.push(name.text);
    return false;
  });
  return names;
}
