// Every template and condition of a Katalog that no compiler of the engine sees: they are compiled for their problems, with
// the types of the data of their place. The walk goes along the description, so that a new field can't be forgotten.
import { ProblemList, type SourceNode, type SourceText } from '../../common';
import {
  builtinFunctions,
  checkDataPath,
  compileConditions,
  type CompileOptions,
  compileText,
  conditionList,
  type NoteSpec,
  objectOf,
  type Type,
  UNKNOWN,
} from '../../expression';
import { anything, CODE_BAD_VALUE, dataPathTemplate, type Field, type Visited, walkFields } from '../../schema';
import { METRICS } from '../model/autoscale.fields';
import { blockField, deletionField } from '../model/block.fields';
import { type CrdEntry, crdField } from '../model/crd.fields';
import { gateField } from '../model/gates.fields';
import { katalogField } from '../model/katalog.fields';
import { type BlocksContext, compileBlock, compileDeletion } from './compile-blocks';

/** What has a compiler: the insides of blocks (but for their calls), status and labels of the entry. */
const COMPILED =
  /(^|\.)on(Create|Reconcile|Delete|Rollback)\.(groups\[\]\.)?(?!external|groups)|^operatorBox\.status$|^labels\./;

interface Scope {
  readonly place: RegExp;
  readonly data: (base: Type, entry: CrdEntry) => Type;
  /** Functions that are there beside those of the Katalog. */
  readonly sentinels?: (entry: CrdEntry) => readonly string[];
}

/** Places of an entry whose templates see other data than those of a block; the first that fits counts. */
const SCOPES: readonly Scope[] = [
  { place: /^serve\.target\.\*\.operatorBox\b/, data: (base) => base },
  { place: /^(serve|conversion)\b/, data: () => UNKNOWN },
  { place: /^operatorBox\.observe\b/, data: () => UNKNOWN, sentinels: observedSentinels },
  {
    place: /^operatorBox\.preReconcile\b/,
    data: (base) => base,
    sentinels: ({ operatorBox }) => operatorBox?.preReconcile?.sentinels ?? [],
  },
  {
    place: /^operatorBox\.autoscale\b/,
    data: (base) => withFields(base, { metrics: METRIC_FIELDS, cross: UNKNOWN }),
  },
  {
    place: /^(validation|mutation)\b/,
    data: (base) => withFields(base, { request: UNKNOWN, metrics: UNKNOWN, health: UNKNOWN }),
  },
];

const METRIC_FIELDS = objectOf(new Map<string, Type>(METRICS.map((name) => [name, UNKNOWN])));

function withFields(base: Type, added: Readonly<Record<string, Type>>): Type {
  if (base.kind !== 'object') return base;
  const { fields, extent } = base;
  const more = new Map(Object.entries(added));
  const keys = (): Set<string> => new Set([...fields.keys(), ...more.keys()]);
  return objectOf({ get: (name) => more.get(name) ?? fields.get(name), keys }, extent);
}

/** Of one CRD entry; `context.options.data` is the type of its resource. */
export function checkEntryTexts(entry: CrdEntry, context: BlocksContext): void {
  const optionsAt = (place: string): CompileOptions => {
    const { data = UNKNOWN, functions = builtinFunctions } = context.options;
    const scope = SCOPES.find((one) => one.place.test(place));
    if (scope === undefined) return context.options;
    const sentinels = (scope.sentinels?.(entry) ?? []).map(sentinelNote);
    return { ...context.options, data: scope.data(data, entry), functions: functions.with(sentinels) };
  };
  walkFields({ field: crdField, node: entry.node, place: '' }, (visited) => {
    if (COMPILED.test(visited.place)) return false;
    return check(visited, optionsAt(visited.place), context);
  });
}

/** Of everything beside the CRDs. Nothing is known of the data: teams are told of any CR. */
export function checkSharedTexts(root: SourceNode, context: BlocksContext): void {
  walkFields({ field: katalogField, node: root, place: '' }, (visited) => {
    if (/^(spec\.crds|notes|profiles)\b/.test(visited.place)) return false;
    return check(visited, { ...context.options, data: UNKNOWN }, context);
  });
}

/** True: what is inside has to be looked at. */
function check({ field, node, place }: Visited, options: CompileOptions, context: BlocksContext): boolean {
  const { problems } = context;
  if (field === conditionList) {
    compileConditions({ when: decoded(conditionList, node) ?? [] }, problems, options);
    return false;
  }
  if (!place.startsWith('operatorBox.on')) compileOther(field, node, { ...context, options });
  if (field === anything) {
    for (const scalar of scalarsOf(node)) {
      compileText(scalar, problems, options);
      checkNumber(scalar, problems);
    }
    return false;
  }
  const { shape } = field;
  if (shape?.kind !== 'scalar' || shape.accepts !== 'text' || shape.template !== true) return true;
  if (node.kind !== 'scalar') return false;
  const source = { text: node.text, node };
  compileText(source, problems, options);
  const isPath = field === dataPathTemplate && !node.text.includes('{{') && options.data !== undefined;
  if (isPath && decoded(field, node) !== undefined) checkDataPath(source, options.data, problems);
  return false;
}

/** Where any value may stand, it has to be one of JSON. */
function checkNumber({ text, node }: SourceText, problems: ProblemList): void {
  if (typeof node.value !== 'number' || Number.isFinite(node.value)) return;
  const message = `${text} is no number of JSON: quote it if a text is meant`;
  problems.add({ severity: 'error', code: CODE_BAD_VALUE, message, position: node.position, path: node.path });
}

/** Blocks that stand in other places than those of the operatorBox of the entry. */
function compileOther(field: Field<unknown>, node: SourceNode, context: BlocksContext): void {
  if (field === blockField) compileBlock(decoded(blockField, node), 'onReconcile', context);
  if (field === deletionField) compileDeletion(decoded(deletionField, node), context);
}

/** What was told while the whole was decoded is not told again. */
function decoded<T>(field: Field<T>, node: SourceNode): T | undefined {
  return field.decode(node, { problems: new ProblemList() });
}

function scalarsOf(node: SourceNode): readonly SourceText[] {
  if (node.kind === 'scalar') return node.value === null ? [] : [{ text: node.text, node }];
  if (node.kind === 'list') return node.items.flatMap(scalarsOf);
  return [...node.entries.values()].flatMap(({ value }) => scalarsOf(value));
}

function observedSentinels({ node }: CrdEntry): readonly string[] {
  const names: string[] = [];
  walkFields({ field: crdField, node, place: '' }, ({ field, node: written, place }) => {
    if (field !== gateField || !place.startsWith('operatorBox.observe')) return true;
    names.push(...(decoded(gateField, written)?.sentinels ?? []));
    return false;
  });
  return names;
}

function sentinelNote(name: string): NoteSpec {
  return {
    name,
    domain: 'sentinels',
    params: [],
    result: 'string',
    doc: 'Whether the object was changed so.',
    example: `{{ ${name} }}`,
    call: () => '',
  };
}
