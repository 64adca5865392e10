// The keys that every entry has, and the work that every kind shares: default name, id, conditions, forEach, copy.
import { type ProblemList, sha256Hex, type SourceText } from '../../common';
import {
  compileConditions,
  compileText,
  type CompiledTemplate,
  type ConditionFields,
  conditionList,
  type DataPath,
  normalisePaths,
  type Purity,
} from '../../expression';
import {
  bool,
  type Located,
  literal,
  mapOf,
  object,
  type ObjectOf,
  oneOf,
  optional,
  required,
  text,
  unsupported,
} from '../../schema';
import {
  type BuildScope,
  type CompiledCopy,
  type CompiledEntry,
  type CompiledForEach,
  type EntryCompileContext,
  type KindFacts,
} from '../resource-kind';

const forEach = object('forEach', {
  field: required(literal, 'Dotted path to a list or map on the CR.'),
  as: optional(literal, 'Extra variable name beside item.'),
});

/** Spread into the description of every kind. */
export const commonProperties = {
  id: optional(literal, 'Stable identity of the entry, when its name template will change.'),
  name: optional(text, 'Object name.'),
  namespace: optional(text, 'Namespace; default: that of the CR.'),
  labels: optional(mapOf(text), 'Labels; values are templates.'),
  when: optional(conditionList, 'All must pass.'),
  or: optional(conditionList, 'At least one must pass.'),
  forEach: optional(forEach, 'One object for each item of a list or map.'),
  reconcile: optional(bool, 'On an onCreate entry: also correct drift.'),
  deletionPolicy: optional(
    oneOf(['delete', 'retain']),
    'What happens to the object when this entry leaves the Katalog.',
  ),
  forceConflict: optional(bool, 'Take over fields that another manager owns.'),
  sleep: unsupported('pauses between writes'),
} as const;

interface CommonDecoded extends Located {
  readonly id: SourceText | undefined;
  readonly name: SourceText | undefined;
  readonly namespace: SourceText | undefined;
  readonly labels: ReadonlyMap<string, SourceText> | undefined;
  readonly when: readonly ConditionFields[] | undefined;
  readonly or: readonly ConditionFields[] | undefined;
  readonly forEach:
    | ObjectOf<{ field: ReturnType<typeof required<SourceText>>; as: ReturnType<typeof optional<SourceText>> }>
    | undefined;
  readonly reconcile: boolean | undefined;
  readonly deletionPolicy: 'delete' | 'retain' | undefined;
  readonly forceConflict: boolean | undefined;
}

/**
 * Collects what an entry is compiled of: every template that goes through it is counted and its reads are noted, so
 * that no kind can forget one.
 */
export class EntryCompiler {
  private readonly reads: DataPath[] = [];
  private purity: Purity = 'pure';
  private templates = 0;

  constructor(readonly context: EntryCompileContext) {}

  get problems(): ProblemList {
    return this.context.problems;
  }

  text(source: SourceText): CompiledTemplate {
    return this.note(compileText(source, this.context.problems, this.context.options));
  }

  optionalText(source: SourceText | undefined): CompiledTemplate | undefined {
    return source === undefined ? undefined : this.text(source);
  }

  private note<T extends { readonly reads: readonly DataPath[]; readonly purity: Purity; readonly isStatic?: boolean }>(
    compiled: T,
  ): T {
    this.reads.push(...compiled.reads);
    if (compiled.isStatic === false) this.templates++;
    if (compiled.purity === 'random' || (compiled.purity === 'clock' && this.purity === 'pure')) {
      this.purity = compiled.purity;
    }
    return compiled;
  }

  /** The entry without its build function; `finish` is called after every part was compiled. */
  finish(
    facts: KindFacts,
    decoded: CommonDecoded,
    name: CompiledTemplate,
    build: (scope: BuildScope) => ReturnType<CompiledEntry['build']>,
    copy?: CompiledCopy,
  ): CompiledEntry {
    const { context } = this;
    const conditions = this.note(
      compileConditions({ when: decoded.when, or: decoded.or }, context.problems, context.options),
    );
    const namespace = this.optionalText(decoded.namespace);
    const each = compileForEach(decoded);
    if (each !== undefined) this.reads.push(each.field);
    return {
      facts,
      id: decoded.id?.text ?? entryId(facts.listKey, name.source, decoded.namespace?.text),
      position: decoded.node.position,
      path: decoded.node.path,
      phase: context.phase,
      isReconciled: context.phase === 'onReconcile' || decoded.reconcile === true,
      deletionPolicy: decoded.deletionPolicy ?? facts.defaultDeletionPolicy,
      forceConflict: decoded.forceConflict ?? context.forceConflict,
      conditions,
      forEach: each,
      name,
      namespace,
      copy,
      // Item variables are not part of the CR: what forEach adds is no path of the data.
      reads: normalisePaths(this.reads.filter(([first]) => first === undefined || !itemNames(each).includes(first))),
      purity: this.purity,
      templateCount: this.templates,
      build,
    };
  }
}

function itemNames(each: CompiledForEach | undefined): readonly string[] {
  return each === undefined ? [] : ['item', 'value', 'index', each.as];
}

function compileForEach(decoded: CommonDecoded): CompiledForEach | undefined {
  const { forEach: each } = decoded;
  if (each?.field === undefined) return undefined;
  return { field: each.field.text.split('.'), as: each.as?.text ?? 'item' };
}

/** Engine contract §1: never a position, so that moved entries keep their objects. */
export function entryId(listKey: string, nameSource: string, namespaceSource: string | undefined): string {
  return `${listKey}-${sha256Hex(`${nameSource}\0${namespaceSource ?? ''}`).slice(0, 8)}`;
}

/** The declared name, or the default of the kind (`<cr>-deployment`), in one place for everybody who needs it. */
export function nameSource(listKey: string, name: SourceText | undefined): string {
  return name?.text ?? `{{ .metadata.name }}${DEFAULT_SUFFIX[listKey] ?? ''}`;
}

const DEFAULT_SUFFIX: Readonly<Record<string, string>> = {
  deployments: '-deployment',
  services: '-svc',
  configMaps: '-config',
};
