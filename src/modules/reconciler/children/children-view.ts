// `.children` of templates and conditions (docs/guide/status.md): what the CR owns, by kind and name. Only declared
// kinds have keys; the single key is the first object in the order of the entries. What no template and no condition of
// the CRD can read (known since compile) is not built.
import { LABEL, labelValue, type JsonObject, type MutableJsonObject } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';
import { type KindFacts, type ListFacts } from '../../resources';
import { type ObservedChild } from '../reconciler.types';

const PLACEHOLDER: JsonObject = { _placeholder: true, status: {} };

const CUSTOM = 'custom';

interface KindView {
  readonly facts: ListFacts;
  readonly holds: (child: ObservedChild) => boolean;
  readonly readsMap: boolean;
  readonly readsSingle: boolean;
}

export class ChildrenView {
  private readonly order = new Map<string, number>();
  /** Labels of `custom` entries: their objects are told from those of other lists by nothing else. */
  private readonly custom = new Set<string>();
  /** Labels of entries whose objects are not shown. */
  private readonly hidden = new Set<string>();
  private readonly kinds: readonly KindView[];

  constructor(crd: CompiledCrd) {
    const entries = [...crd.onCreate.entries, ...crd.onReconcile.entries];
    const kinds = crd.childKinds.filter(({ listKey }) => listKey !== CUSTOM);
    const custom = entries.find(({ facts }) => facts.listKey === CUSTOM)?.facts;
    this.kinds = [
      ...kinds.map((facts) => ({ facts, holds: (child: ObservedChild) => this.isOfKind(child, facts) })),
      ...(custom === undefined ? [] : [{ facts: custom, holds: (child: ObservedChild) => this.isCustom(child) }]),
    ]
      .map(({ facts, holds }) => ({
        facts,
        holds,
        readsMap: isRead(crd, facts.childKeys.map),
        readsSingle: isRead(crd, facts.childKeys.single),
      }))
      .filter(({ readsMap, readsSingle }) => readsMap || readsSingle);
    for (const entry of entries) {
      const id = labelValue(entry.id);
      if (!this.order.has(id)) this.order.set(id, this.order.size);
      if (entry.facts.listKey === CUSTOM) this.custom.add(id);
      if (entry.facts.hasNoStatus === true) this.hidden.add(id);
    }
  }

  of(children: readonly ObservedChild[]): JsonObject {
    const view: MutableJsonObject = {};
    for (const { facts, holds, readsMap, readsSingle } of this.kinds) {
      const mine = children.filter(holds);
      if (mine.length > 1) mine.sort((a, b) => this.rank(a) - this.rank(b) || (name(a) < name(b) ? -1 : 1));
      if (readsMap) view[facts.childKeys.map] = byName(mine);
      const [first] = mine;
      if (readsSingle) view[facts.childKeys.single] = first === undefined ? PLACEHOLDER : withStatus(first.object);
    }
    return view;
  }

  private rank(child: ObservedChild): number {
    return this.order.get(entryOf(child)) ?? Number.MAX_SAFE_INTEGER;
  }

  private isOfKind(child: ObservedChild, facts: KindFacts): boolean {
    return isSame(child.resource, facts) && !this.custom.has(entryOf(child));
  }

  private isCustom(child: ObservedChild): boolean {
    const id = entryOf(child);
    return this.custom.has(id) && !this.hidden.has(id);
  }
}

function entryOf({ object }: ObservedChild): string {
  return object.metadata.labels?.[LABEL.entry] ?? '';
}

/** Whether a path that is read leads to this key of `.children`, or to something that holds it. */
function isRead({ reads }: CompiledCrd, key: string): boolean {
  return reads.some(([first, second]) => first === undefined || (first === 'children' && (second ?? key) === key));
}

function byName(children: readonly ObservedChild[]): JsonObject {
  const named: MutableJsonObject = {};
  for (const { object } of children) named[object.metadata.name] ??= withStatus(object);
  return named;
}

function isSame(resource: ObservedChild['resource'], { resource: facts }: KindFacts): boolean {
  return resource.plural === facts.plural && resource.group === facts.group;
}

function name({ object }: ObservedChild): string {
  return object.metadata.name;
}

function withStatus(object: KubeObject): JsonObject {
  return object['status'] === undefined ? { ...object, status: {} } : object;
}
