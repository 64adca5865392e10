// Phase "render": compiled box + CR + observed children -> what should exist. Pure: no request, no write. All entries
// are rendered before anything is written, so that one bad template leaves the cluster as it is.
import {
  type Gvk,
  gvkString,
  isJsonObject,
  isDnsSubdomain,
  LABEL,
  labelValue,
  type JsonObject,
  type JsonValue,
  type ObjectKey,
  objectKey,
  OrkestraError,
  valueAt,
} from '../../common';
import { type CompiledTemplate, type EvaluationContext, type TemplateData } from '../../expression';
import { type CompiledBlock, type CompiledCrd } from '../../katalog';
import { type KubeObject, type ResourceType } from '../../kube';
import { type CompiledEntry } from '../../resources';
import { entryError, waiting } from '../reconciler.errors';
import { idText } from '../children/child-id';
import { type KindLookup, type SourceLookup } from '../reconciler.types';

/** What names a child. */
interface Identity {
  readonly entry: CompiledEntry;
  /** The kind of the entry; from discovery where the entry only names it. */
  readonly resource: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface DesiredChild extends Identity {
  readonly key: ObjectKey;
  /** `deployments default/web`: one object of the cluster. */
  readonly id: string;
  /** Complete, with labels and owner reference; without guards and `applied`. */
  readonly object: JsonObject;
}

export interface RenderResult {
  readonly desired: readonly DesiredChild[];
  /** Entries of blocks whose conditions are false: their objects stay as they are. */
  readonly skipped: ReadonlySet<CompiledEntry>;
  readonly errors: readonly OrkestraError[];
  /** Data that is not there yet. */
  readonly pending: readonly OrkestraError[];
}

export interface RenderInput {
  readonly crd: CompiledCrd;
  readonly cr: KubeObject;
  readonly data: TemplateData;
  readonly evaluation: EvaluationContext;
  /** The object of this kind and key when it is ours. */
  readonly live: (resource: ResourceType, key: ObjectKey) => KubeObject | undefined;
  readonly sources: SourceLookup;
  readonly kinds: KindLookup;
}

export function render(input: RenderInput): RenderResult {
  return new Rendering(input).run();
}

/** A pass that waits for a kind is brought back by its answer. */
const LOST_ANSWER_MS = 30_000;

const NOTHING: ReadonlySet<CompiledEntry> = new Set();

class Rendering {
  private readonly desired: DesiredChild[] = [];
  private readonly byId = new Map<string, DesiredChild>();
  private readonly errors: OrkestraError[] = [];
  private readonly pending: OrkestraError[] = [];
  private readonly labels: Readonly<Record<string, string>>;
  /** One for all children of the pass. */
  private readonly ownerReferences: readonly JsonObject[];

  constructor(private readonly input: RenderInput) {
    const { apiVersion, kind, metadata } = input.cr;
    const { name, uid } = metadata;
    this.labels = { [LABEL.managed]: 'true', [LABEL.owner]: labelValue(name) };
    this.ownerReferences = [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }];
  }

  run(): RenderResult {
    const { onCreate, onReconcile } = this.input.crd;
    let skipped = NOTHING;
    for (const block of [onCreate, onReconcile]) {
      if (block.conditions.evaluate(this.input.data, this.input.evaluation)) this.block(block);
      else skipped = new Set([...skipped, ...block.entries]);
    }
    return { desired: this.desired, skipped, errors: this.errors, pending: this.pending };
  }

  private block(block: CompiledBlock): void {
    for (const entry of block.entries) {
      for (const data of itemsOf(entry, this.input.data)) {
        try {
          this.entry(entry, data);
        } catch (error) {
          const failure = entryError(error, entry);
          (failure.kind === 'Pending' ? this.pending : this.errors).push(failure);
        }
      }
    }
  }

  private entry(entry: CompiledEntry, data: TemplateData): void {
    const { evaluation } = this.input;
    if (!entry.conditions.evaluate(data, evaluation)) return;
    const name = entry.name.resolve(data, evaluation);
    if (!isDnsSubdomain(name)) throw badName('name', name, entry.name);
    const resource = this.resourceOf(entry);
    const targets = entry.copy?.targetNamespaces ?? [];
    const copySource = this.copySource(entry, resource, data);
    if (targets.length === 0) {
      this.one({ entry, resource, namespace: this.namespaceOf(entry, resource, data), name }, data, copySource);
      return;
    }
    for (const namespace of new Set(targets.flatMap((target) => namesOf(target, data, evaluation)))) {
      this.one({ entry, resource, namespace, name }, data, copySource);
    }
  }

  /** Throws Pending while nobody serves a kind that the entry only names. */
  private resourceOf({ facts }: CompiledEntry): ResourceType {
    const resource = 'plural' in facts.resource ? facts.resource : this.discovered(facts.resource);
    if (facts.isSaidNamespaced === undefined || facts.isSaidNamespaced === resource.namespaced) return resource;
    const scope = resource.namespaced ? 'namespaced' : 'cluster-scoped';
    throw userError('SCOPE_DIFFERS', `${gvkString(resource)} is ${scope}: write namespaced: ${resource.namespaced}`);
  }

  private discovered(kind: Gvk): ResourceType {
    const found = this.input.kinds.lookup(kind);
    if (found.state === 'served') return found.resource;
    const name = gvkString(kind);
    const message =
      found.state === 'absent'
        ? `the API server serves no ${name} yet: its CRD has to be installed`
        : `the API server is asked for ${name}${found.problem === undefined ? '' : `: ${found.problem}`}`;
    // Who answers brings the CR back: this is only for an answer that gets lost.
    throw waiting('WaitingForKind', message, LOST_ANSWER_MS);
  }

  private one(what: Identity, data: TemplateData, copySource: KubeObject | undefined): void {
    const { entry, resource, namespace, name } = what;
    const { cr, evaluation } = this.input;
    const key = objectKey(namespace, name);
    const id = idText(resource, key);
    const object = entry.build({
      data,
      evaluation,
      name,
      namespace,
      ownerName: cr.metadata.name,
      systemLabels: this.labels,
      live: this.input.live(resource, key),
      copySource,
    });
    // Key by key: a spread costs more than all else here, and every pass does it for each child.
    const child = { entry, resource, namespace, name, key, id, object: this.stamp(object, entry, namespace) };
    const earlier = this.byId.get(id);
    if (earlier === undefined) {
      this.byId.set(id, child);
      this.desired.push(child);
      return;
    }
    // An onCreate entry and an onReconcile entry may describe one object: the one that is kept up to date wins.
    if (earlier.entry.isReconciled && entry.isReconciled) {
      throw new OrkestraError({
        code: 'DUPLICATE_CHILD',
        kind: 'UserError',
        message: `${id} is described twice: also at line ${earlier.entry.position.line}`,
        position: entry.position,
      });
    }
    if (!entry.isReconciled) return;
    this.byId.set(id, child);
    this.desired[this.desired.indexOf(earlier)] = child;
  }

  private namespaceOf(entry: CompiledEntry, resource: ResourceType, data: TemplateData): string | undefined {
    if (!resource.namespaced) {
      if (entry.namespace === undefined) return undefined;
      throw userError('SCOPE_DIFFERS', `${gvkString(resource)} is cluster-scoped: leave metadata.namespace out`);
    }
    const own = this.input.cr.metadata.namespace;
    const declared = entry.namespace?.resolve(data, this.input.evaluation) ?? '';
    const namespace = declared === '' ? (own ?? 'default') : declared;
    if (entry.namespace !== undefined && !isDnsSubdomain(namespace)) {
      throw badName('namespace', namespace, entry.namespace);
    }
    return namespace;
  }

  private copySource(entry: CompiledEntry, resource: ResourceType, data: TemplateData): KubeObject | undefined {
    const { copy } = entry;
    if (copy?.sourceName === undefined) return undefined;
    const { evaluation, cr, sources } = this.input;
    const name = copy.sourceName.resolve(data, evaluation);
    const declared = copy.sourceNamespace?.resolve(data, evaluation) ?? '';
    const namespace = declared === '' ? (cr.metadata.namespace ?? 'default') : declared;
    const found = sources.lookup(resource, namespace, name, cr);
    if (found.state === 'ready') return found.object;
    const what = `${resource.kind} ${namespace}/${name}`;
    throw found.state === 'loading'
      ? waiting('WaitingForSource', `${what} is being read${found.problem === undefined ? '' : `: ${found.problem}`}`)
      : waiting('WaitingForSource', `${what}, which is to be copied, does not exist`);
  }

  private stamp(object: JsonObject, entry: CompiledEntry, namespace: string | undefined): JsonObject {
    const { cr } = this.input;
    const metadata = object['metadata'] as JsonObject;
    const labels = {
      ...(metadata['labels'] as JsonObject),
      ...this.labels,
      [LABEL.ownerUid]: cr.metadata.uid,
      [LABEL.entry]: labelValue(entry.id),
    };
    const mayRefer = cr.metadata.namespace === undefined || cr.metadata.namespace === namespace;
    const { ownerReferences } = this;
    return { ...object, metadata: { ...metadata, labels, ...(mayRefer ? { ownerReferences } : {}) } };
  }
}

/** One set of data for each item of forEach; the data itself without it (docs/reference/katalog.md, forEach). */
export function itemsOf(entry: CompiledEntry, data: TemplateData): readonly TemplateData[] {
  const { forEach } = entry;
  if (forEach === undefined) return [data];
  const items = valueAt(data, forEach.field);
  const scope = (item: JsonValue, index: number, value?: JsonValue): TemplateData => ({
    ...data,
    item,
    index,
    [forEach.as]: item,
    ...(value === undefined || value === null ? {} : { value }),
  });
  if (Array.isArray(items)) return items.map((item, index) => scope(item as JsonValue, index));
  if (!isJsonObject(items)) return [];
  return Object.keys(items)
    .sort()
    .map((key, index) => scope(key, index, items[key]));
}

const LIST_PATH = /^\{\{-?\s*\.([A-Za-z_][\w.]*)\s*-?\}\}$/;

/** A template that is nothing but a path to a list gives its elements; any other gives its text. */
function namesOf(target: CompiledTemplate, data: TemplateData, evaluation: EvaluationContext): readonly string[] {
  const path = LIST_PATH.exec(target.source)?.[1];
  const value = path === undefined ? undefined : valueAt(data, path.split('.'));
  const names = Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [target.resolve(data, evaluation)];
  for (const name of names) if (name !== '' && !isDnsSubdomain(name)) throw badName('namespace', name, target);
  return names.filter((name) => name !== '');
}

function userError(code: string, message: string): OrkestraError {
  return new OrkestraError({ code, kind: 'UserError', message });
}

function badName(field: string, found: string, template: CompiledTemplate): OrkestraError {
  const what = found === '' ? 'nothing' : `"${found}"`;
  const expected = 'expected lower-case letters, digits, "-" and "."';
  return userError('NAME_INVALID', `${field} "${template.source}" rendered to ${what}; ${expected}`);
}
