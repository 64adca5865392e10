// Every place of the language that may name a file with `include`: docs/guide/several-files.md shows this table.
import {
  classByClass,
  inlineByKey,
  inlineByName,
  inlineLast,
  inlineSettings,
  type MergeRule,
  notesLast,
} from './merge-rules';

/** Which value of the tree changes when `include` stands in a block. */
export type IncludeForm =
  /** The key of the block that is also the key of the file; `rules:` of `validation`. */
  | { readonly form: 'keys'; readonly keys: Readonly<Record<string, MergeRule>> }
  /** The block as a whole stands under one key of the file: `reconciler:`. */
  | { readonly form: 'block'; readonly key: string; readonly rule: MergeRule }
  /** The block is an item of a list, or a value of a map with free keys: what the file holds takes its place. */
  | { readonly form: 'item'; readonly key: string; readonly kind: 'list' | 'map' };

/** One row of the table: the blocks at these places are read from files in this way. */
export type IncludeRow = IncludeForm & {
  /** Patterns; of a form `item` that of the list or map which holds the items. */
  readonly places: readonly string[];
};

const keys = (map: Readonly<Record<string, MergeRule>>): IncludeForm => ({ form: 'keys', keys: map });
const block = (key: string, rule: MergeRule): IncludeForm => ({ form: 'block', key, rule });
const items = (key: string, kind: 'list' | 'map'): IncludeForm => ({ form: 'item', key, kind });

const CRD = 'spec.crds.*';
const BOXES = [`${CRD}.operatorBox`, `${CRD}.serve.target.*.operatorBox`];

function at(bases: readonly string[], ...below: readonly string[]): readonly string[] {
  return bases.flatMap((base) => below.map((path) => `${base}.${path}`));
}

const GATES = [
  'preReconcile.enqueueGate',
  'preReconcile.reconcileGate',
  'observe.watch[].enqueueGate',
  'observe.events.*.enqueueGate',
];

/** Calls to other systems stand in many blocks. */
const CALLS = [
  ...at([CRD], 'validation.external', 'mutation.external'),
  ...at(
    BOXES,
    'onCreate.external',
    'onReconcile.external',
    'onDelete.external',
    'reconciler.hooks.external',
    'preReconcile.external',
    ...GATES.map((gate) => `${gate}.external`),
  ),
];

/** A block before the blocks in it. */
export const KATALOG_INCLUDES: readonly IncludeRow[] = [
  { places: at([CRD], 'validation', 'mutation'), ...keys({ rules: inlineLast }) },
  { places: at([CRD], 'conversion'), ...keys({ paths: inlineLast }) },
  { places: at([CRD], 'serve'), ...keys({ fields: inlineByKey }) },
  { places: at(BOXES, 'status'), ...keys({ fields: inlineLast }) },
  { places: at(BOXES, 'reconciler'), ...block('reconciler', inlineSettings) },
  { places: at(BOXES, 'observe'), ...keys({ watch: inlineLast, events: inlineByKey }) },
  { places: at(BOXES, 'observe.watch'), ...items('watch', 'list') },
  { places: at(BOXES, 'observe.events'), ...items('events', 'map') },
  { places: CALLS, ...items('calls', 'list') },
  { places: ['notes'], ...keys({ functions: notesLast }) },
  { places: ['profiles'], ...block('profiles', classByClass) },
  { places: ['gateway.api.auth'], ...keys({ tokens: inlineByName }) },
  { places: ['gateway.clusters'], ...block('clusters', inlineByKey) },
];

/** A Motif has blocks of the same kinds in other places. */
export const MOTIF_INCLUDES: readonly IncludeRow[] = [
  { places: ['admission.validation', 'admission.mutation'], ...keys({ rules: inlineLast }) },
  { places: ['status'], ...keys({ fields: inlineLast }) },
  {
    places: [
      'admission.validation.external',
      'admission.mutation.external',
      ...['resources', 'resources.onCreate', 'resources.onDelete'].map((path) => `${path}.external`),
    ],
    ...items('calls', 'list'),
  },
  { places: ['notes'], ...keys({ functions: notesLast }) },
  { places: ['profiles'], ...block('profiles', classByClass) },
];

const EXPECTED = ['spec.expect', 'spec.expect.crds.*'];

/** Files of tests. */
export const SUITE_INCLUDES: Readonly<Record<'Simulate' | 'E2E', readonly IncludeRow[]>> = {
  Simulate: [{ places: at(EXPECTED, 'ops', 'absent'), ...items('ops', 'list') }],
  E2E: [{ places: ['spec.expect'], ...items('expect', 'list') }],
};
