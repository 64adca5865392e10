// The one table of spellings that published Katalogs use beside the canonical ones (generation 2). From it come the
// normalisation at load, `ork migrate`, the deprecated keys of the JSON Schema and a section of the reference.
// A row moves a value from one path to another, both below the same place; it never changes the value itself.
import { blockField } from '../model/block.fields';

/** Which published material has the spelling: 1 = older, 3 = newest, `text` = only in texts, never in a program. */
export type Generation = 1 | 3 | 'text';

/** A kind of place in a file. Patterns: keys by name, `*` for any key, `[]` for the items of a list. */
export interface Place {
  readonly name: string;
  readonly patterns: readonly string[];
  /** Blocks of which every field stands elsewhere now: nothing else may be in them. */
  readonly formerBlocks?: readonly string[];
}

/** One deprecated spelling. */
export interface Spelling {
  readonly place: Place;
  readonly generation: Generation;
  /** Path below the place. */
  readonly old: readonly string[];
  /** Canonical path below the same place. */
  readonly canonical: readonly string[];
  /** The old one is a block of the same fields: where both stand, their fields come together. */
  readonly joins: boolean;
}

const below = (bases: readonly string[], ...paths: readonly string[]): readonly string[] =>
  bases.flatMap((base) => paths.map((path) => (base === '' ? path : `${base}.${path}`)));

const CRDS = ['spec.crds.*'];
const BOXES = below(CRDS, 'operatorBox', 'serve.target.*.operatorBox');
const RECONCILERS = [...below(BOXES, 'reconciler'), 'profiles.reconciler[]'];
const QUEUES = below(RECONCILERS, 'queue');
/** `resources` are those of a Motif. */
const BLOCKS = [
  ...below(BOXES, 'onCreate', 'onReconcile', 'onDelete', 'onDelete.groups[]', 'rollback.onRollback'),
  ...['resources', 'resources.onCreate', 'resources.onDelete', 'resources.onDelete.groups[]'],
];
const ADMISSION = [...CRDS, 'admission'];
const GATES = below(
  BOXES,
  ...['preReconcile.enqueueGate', 'preReconcile.reconcileGate'],
  ...['observe.watch[].enqueueGate', 'observe.events.*.enqueueGate'],
);

/** Everything that has `when` and `or`. Keys of users (data of a ConfigMap, a custom object) are none of them. */
const CONDITIONED: readonly string[] = [
  ...BOXES,
  ...BLOCKS,
  ...below(BLOCKS, '*[]'),
  ...below([...BOXES, ''], 'status.fields[]'),
  ...below(ADMISSION, 'validation.rules[]', 'validation.external[]', 'mutation.rules[]', 'mutation.external[]'),
  ...GATES,
  ...below(GATES, 'external[]'),
  ...below(BOXES, 'preReconcile.external[]', 'autoscale.conditions', 'cleanup', 'events[]'),
  ...below(RECONCILERS, 'requeue', 'hooks.external[]'),
  ...below(QUEUES, 'behaviour.onLimit', 'behaviour.onThreshold'),
  ...below(CRDS, 'enrich[].*', 'serve.fields.*', 'serve.labels.*', 'serve.annotations.*', 'serve.target.*.fields.*'),
];

const PLACES = {
  file: { name: 'the file', patterns: [''] },
  crd: { name: 'a CRD entry', patterns: CRDS },
  box: { name: 'operatorBox', patterns: BOXES, formerBlocks: ['runtime', 'emit'] },
  queue: { name: 'queue', patterns: QUEUES },
  block: { name: 'a block', patterns: BLOCKS },
  conditioned: { name: 'whatever has conditions', patterns: CONDITIONED },
} as const satisfies Record<string, Place>;

function row(place: keyof typeof PLACES, generation: Generation, old: string, canonical: string): Spelling {
  return { place: PLACES[place], generation, old: old.split('.'), canonical: canonical.split('.'), joins: false };
}

/** Fields that stand below another one now, under their own name. */
function moved(place: 'crd' | 'box', generation: Generation, names: string, old: string, to: string): Spelling[] {
  return names.split(' ').map((name) => row(place, generation, `${old}${name}`, `${to}${name}`));
}

/** Texts write `configmaps`; the lists of a block are the only keys of it that have capitals. */
function listKeys(): readonly Spelling[] {
  const keys = blockField.shape?.kind === 'object' ? Object.keys(blockField.shape.properties) : [];
  const capital = keys.filter((key) => key !== key.toLowerCase());
  return capital.sort().map((key) => row('block', 'text', key.toLowerCase(), key));
}

/**
 * The deprecated spellings. Of one place they are applied in this order, places from the outside in: a row reads the
 * paths that the rows before it left.
 */
export const SPELLINGS: readonly Spelling[] = [
  row('file', 1, 'metadata.deprecation', 'lifecycle.deprecation'),
  ...moved('crd', 1, 'workers resync queue', '', 'operatorBox.reconciler.'),
  row('crd', 1, 'idp', 'serve'),
  row('crd', 1, 'conversion.tenants', 'conversion.participant'),
  row('crd', 1, 'operatorBox.imports', 'imports'),
  ...moved('crd', 3, 'imports normalize forceConflict', 'operatorBox.reconcile.', ''),
  ...moved('crd', 3, 'ignoreStatusPatch ignoreObservedGeneration removeFinalizers', 'operatorBox.runtime.', ''),
  ...moved('box', 3, 'onCreate onReconcile onDelete', 'reconcile.', ''),
  { ...row('box', 3, 'reconcile', 'reconciler'), joins: true },
  ...moved('box', 1, 'default hooks constructor', '', 'reconciler.'),
  ...moved('box', 3, 'finalizers autoscale rollback rollBackOnError cleanup', 'runtime.', ''),
  ...moved('box', 3, 'status events', 'emit.', ''),
  row('box', 3, 'observe.cross', 'cross'),
  row('box', 1, 'watch', 'observe.watch'),
  row('queue', 1, 'maxQueueDepth', 'maxDepth'),
  row('queue', 1, 'degradeThreshold', 'failureThreshold'),
  row('conditioned', 1, 'anyOf', 'or'),
  row('block', 'text', 'pvcs', 'persistentVolumeClaims'),
  row('block', 'text', 'hpas', 'hpa'),
  ...listKeys(),
];
