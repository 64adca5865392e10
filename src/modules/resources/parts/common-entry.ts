// The keys that every entry has, and the work that every kind shares: default name, id, conditions, forEach, copy.
import {
  apiVersionOf,
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  type ProblemList,
  sha256Hex,
  type SourceText,
} from '../../common';
import {
  compileConditions,
  compileTemplate,
  compileText,
  type CompiledTemplate,
  type ConditionFields,
  conditionList,
  type DataPath,
  normalisePaths,
  type Purity,
  type ResultForm,
  TemplateSyntaxError,
} from '../../expression';
import { bool, type Located, literal, mapOf, object, oneOf, optional, required, text, unsupported } from '../../schema';
import {
  type BuildScope,
  type CommonEntryFields,
  type CompiledCopy,
  type CompiledEntry,
  type CompiledForEach,
  type EntryCompileContext,
  type EntryFacts,
} from '../resource-kind';
import { labelKey, SYSTEM_LABELS } from './key-rules';
import { NAMESPACE } from './name-forms';
import { CODE_ENTRY_VALUE } from './values';

const forEach = object('forEach', {
  field: required(literal, 'Dotted path to a list or map on the CR.'),
  as: optional(literal, 'Extra variable name beside item.'),
});

/** Spread into the description of every kind. */
export const commonProperties = {
  id: optional(literal, 'Stable identity of the entry, when its name template will change.'),
  name: optional(text, 'Object name.'),
  namespace: optional(text, 'Namespace; default: that of the CR.'),
  labels: optional(mapOf(text, labelKey), 'Labels; values are templates.'),
  when: optional(conditionList, 'All must pass.'),
  or: optional(conditionList, 'At least one must pass.'),
  forEach: optional(forEach, 'One object for each item of a list or map.'),
  reconcile: optional(bool, 'On an onCreate entry: also correct drift.'),
  once: optional(bool, 'Created when absent and never updated afterwards.'),
  deletionPolicy: optional(
    oneOf(['delete', 'retain']),
    'What happens to the object when this entry leaves the Katalog.',
  ),
  forceConflict: optional(bool, 'Take over fields that another manager owns.'),
  sleep: unsupported('pauses between writes'),
} as const;

const { namespace: _namespace, ...withoutNamespace } = commonProperties;

/** The same for kinds that stand in no namespace. */
export const clusterProperties = withoutNamespace;
/** Where something stands in the file. */
export type Place = Pick<SourceText['node'], 'position' | 'path'>;

interface CommonDecoded extends CommonEntryFields {
  readonly labels: ReadonlyMap<string, SourceText> | undefined;
  readonly when: readonly ConditionFields[] | undefined;
  readonly or: readonly ConditionFields[] | undefined;
  readonly reconcile: boolean | undefined;
  readonly once: boolean | undefined;
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

  /** An error of the load at a node of the file. */
  report({ position, path }: Place, message: string): void {
    this.problems.add({ severity: 'error', code: CODE_ENTRY_VALUE, message, position, path });
  }

  /** A warning of the load at a node of the file. */
  warn({ position, path }: Place, message: string): void {
    this.problems.add({ severity: 'warning', code: CODE_ENTRY_VALUE, message, position, path });
  }

  /** `form`: what the field takes, when not every text will do. */
  text(source: SourceText, form?: ResultForm): CompiledTemplate {
    return this.note(compileText(source, this.context.problems, this.context.options, form));
  }

  optionalText(source: SourceText | undefined, form?: ResultForm): CompiledTemplate | undefined {
    return source === undefined ? undefined : this.text(source, form);
  }

  /** A template that stands elsewhere in the file: what is wrong with it is reported there. */
  borrowed(source: string, position: Located['node']['position']): CompiledTemplate | undefined {
    try {
      return this.note(compileTemplate(source, { ...this.context.options, locate: () => position }));
    } catch (error) {
      if (error instanceof TemplateSyntaxError) return undefined;
      throw error;
    }
  }

  private note<T extends { readonly reads: readonly DataPath[]; readonly purity: Purity; readonly isStatic?: boolean }>(
    compiled: T,
  ): T {
    this.reads.push(...compiled.reads);
    if (compiled.isStatic === false) this.templates++;
    this.purity = worse(this.purity, compiled.purity);
    return compiled;
  }

  /** The entry without its build function; `finish` is called after every part was compiled. */
  finish(
    facts: EntryFacts,
    decoded: CommonDecoded,
    name: CompiledTemplate,
    build: (scope: BuildScope) => ReturnType<CompiledEntry['build']>,
    copy?: CompiledCopy,
  ): CompiledEntry {
    const { context } = this;
    const namespace = this.optionalText(decoded.namespace, NAMESPACE);
    const bodyPurity = this.purity;
    const conditions = this.note(
      compileConditions({ when: decoded.when, or: decoded.or }, context.problems, context.options),
    );
    const each = compileForEach(decoded, this);
    if (each !== undefined) this.reads.push(each.field);
    const identity = [name, ...(namespace === undefined ? [] : [namespace]), ...(copy?.targetNamespaces ?? [])];
    this.checkIdentity(facts, decoded, name, namespace);
    if (each !== undefined) this.checkItemNames(decoded, each, identity);
    return {
      facts,
      id: decoded.id?.text ?? entryId(facts, name.source, decoded.namespace?.text),
      position: decoded.node.position,
      path: decoded.node.path,
      phase: context.phase,
      isReconciled: this.isReconciled(decoded),
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
      identityPurity: identity.reduce<Purity>((purity, part) => worse(purity, part.purity), 'pure'),
      bodyPurity,
      templateCount: this.templates,
      build,
    };
  }

  private isReconciled(decoded: CommonDecoded): boolean {
    const { once, reconcile, node } = decoded;
    if (once === true && reconcile === true) {
      this.report(node, '"once" and "reconcile" exclude each other: once created, the object is left alone');
    }
    if (reconcile === false && once !== true && this.context.phase === 'onReconcile') {
      this.report(node, 'onReconcile entries are always kept as declared: write "once: true", or move it to onCreate');
    }
    return once !== true && (this.context.phase === 'onReconcile' || reconcile === true);
  }

  /** Names that are no templates can be judged at load. */
  private checkIdentity(
    facts: EntryFacts,
    decoded: CommonDecoded,
    name: CompiledTemplate,
    namespace: CompiledTemplate | undefined,
  ): void {
    const { id } = decoded;
    if (id !== undefined && (id.text === '' || !isLabelValue(id.text))) {
      this.report(id.node, `expected an id of at most 63 letters, digits, "-", "_" and ".", found "${id.text}"`);
    }
    const isName = facts.nameForm === 'label' ? isDnsLabel : isDnsSubdomain;
    if (decoded.name !== undefined && name.isStatic && !isName(name.source)) {
      this.report(decoded.name.node, badName(facts, name.source));
    }
    if (decoded.namespace !== undefined && namespace?.isStatic === true && !isDnsLabel(namespace.source)) {
      const found = `found "${namespace.source}"`;
      this.report(decoded.namespace.node, `expected a namespace (lower-case letters, digits, "-"), ${found}`);
    }
    this.checkLabels(decoded.labels);
  }

  private checkLabels(labels: ReadonlyMap<string, SourceText> | undefined): void {
    for (const [key, { text: value, node }] of labels ?? []) {
      if (SYSTEM_LABELS.has(key)) this.warn(node, `"${key}" has no effect here: Orkestra writes this label itself`);
      if (!value.includes('{{') && !isLabelValue(value)) {
        this.report(node, `"${value}" is not a label value: expected at most 63 letters, digits, "-", "_" and "."`);
      }
    }
  }

  /** Without the item in name or namespace, every item would make the same object. */
  private checkItemNames(decoded: CommonDecoded, each: CompiledForEach, identity: readonly CompiledTemplate[]): void {
    const names = itemNames(each);
    const usesItem = identity.some(({ reads }) =>
      reads.some(([first]) => first === undefined || names.includes(first)),
    );
    if (usesItem) return;
    const { node } = decoded.name ?? decoded;
    this.report(node, `every item of forEach would make the same object: the name has to use {{ .${each.as} }}`);
  }
}

function badName({ nameForm, resource }: EntryFacts, found: string): string {
  const form =
    nameForm === 'label' ? 'lower-case letters, digits, "-", at most 63' : 'lower-case letters, digits, "-", "."';
  return `expected a name for a ${resource.kind} (${form}), found "${found}"`;
}

function worse(a: Purity, b: Purity): Purity {
  if (a === 'random' || b === 'random') return 'random';
  return a === 'clock' || b === 'clock' ? 'clock' : 'pure';
}

function itemNames(each: CompiledForEach | undefined): readonly string[] {
  return each === undefined ? [] : ['item', 'value', 'index', each.as];
}

/** What the data of every pass holds already: an item of that name would hide it. */
const TAKEN = ['apiVersion', 'kind', 'metadata', 'spec', 'status', 'children', 'value', 'index'];

function compileForEach(decoded: CommonDecoded, compiler: EntryCompiler): CompiledForEach | undefined {
  const { forEach: each } = decoded;
  if (each?.field === undefined) return undefined;
  if (!/^[^.\s]+(\.[^.\s]+)*$/.test(each.field.text)) {
    compiler.report(each.field.node, `expected a path like spec.zones, found "${each.field.text}"`);
  }
  if (each.as !== undefined && !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(each.as.text)) {
    compiler.report(each.as.node, `expected a name like zone (letters, digits, "_"), found "${each.as.text}"`);
  } else if (each.as !== undefined && TAKEN.includes(each.as.text)) {
    compiler.report(each.as.node, `"${each.as.text}" has a meaning already: choose another name for the item`);
  }
  return { field: each.field.text.split('.'), as: each.as?.text ?? 'item' };
}

/** `field` and `as` as one text: two entries of the same text run over the same items. */
export function forEachText({ forEach: each }: Pick<CommonEntryFields, 'forEach'>): string | undefined {
  return each === undefined ? undefined : `${each.field?.text ?? ''} as ${each.as?.text ?? 'item'}`;
}

/** Engine contract §1: never a position, so that moved entries keep their objects. */
function entryId({ listKey, resource, namesKind }: EntryFacts, name: string, namespace: string | undefined): string {
  const identity = [name, namespace ?? '', ...(namesKind === true ? [apiVersionOf(resource), resource.kind] : [])];
  return `${listKey}-${sha256Hex(identity.join('\0')).slice(0, 8)}`;
}

/** The declared name, or the default of the kind (`<cr>-deployment`), in one place for everybody who needs it. */
export function nameSource(listKey: string, name: SourceText | undefined): string {
  return name?.text ?? `{{ .metadata.name }}${DEFAULT_SUFFIX[listKey] ?? ''}`;
}

const DEFAULT_SUFFIX: Readonly<Record<string, string>> = {
  deployments: '-deployment',
  services: '-svc',
  configMaps: '-config',
  serviceAccounts: '-sa',
  namespaces: '-ns',
  roles: '-role',
  roleBindings: '-rolebinding',
  clusterRoles: '-cluster-role',
  clusterRoleBindings: '-crb',
  ingresses: '-ingress',
  secrets: '-secret',
  replicaSets: '-replicaset',
  pods: '-pod',
  jobs: '-job',
  cronJobs: '-cronjob',
  hpa: '-hpa',
  pdb: '-pdb',
  custom: '-custom',
};
