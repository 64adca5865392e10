// `.children` of templates and conditions (docs/guide/status.md): what the CR owns, by kind and name. Only declared
// kinds have keys; the single key is the first object in the order of the entries. What no template and no condition of
// the CRD can read (known since compile) is not built.
import { LABEL, labelValue, type JsonObject, type MutableJsonObject } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';
import { type KindFacts } from '../../resources';
import { type ObservedChild } from '../reconciler.types';

const PLACEHOLDER: JsonObject = { _placeholder: true, status: {} };

interface KindView {
  readonly facts: KindFacts;
  readonly readsMap: boolean;
  readonly readsSingle: boolean;
}

export class ChildrenView {
  private readonly order = new Map<string, number>();
  private readonly kinds: readonly KindView[];

  constructor(crd: CompiledCrd) {
    this.kinds = crd.childKinds
      .map((facts) => ({
        facts,
        readsMap: isRead(crd, facts.childKeys.map),
        readsSingle: isRead(crd, facts.childKeys.single),
      }))
      .filter(({ readsMap, readsSingle }) => readsMap || readsSingle);
    for (const entry of [...crd.onCreate.entries, ...crd.onReconcile.entries]) {
      const id = labelValue(entry.id);
      if (!this.order.has(id)) this.order.set(id, this.order.size);
    }
  }

  of(children: readonly ObservedChild[]): JsonObject {
    const view: MutableJsonObject = {};
    for (const { facts, readsMap, readsSingle } of this.kinds) {
      const mine = children.filter(({ resource }) => isSame(resource, facts));
      if (mine.length > 1) mine.sort((a, b) => this.rank(a) - this.rank(b) || (name(a) < name(b) ? -1 : 1));
      if (readsMap) view[facts.childKeys.map] = byName(mine);
      const [first] = mine;
      if (readsSingle) view[facts.childKeys.single] = first === undefined ? PLACEHOLDER : withStatus(first.object);
    }
    return view;
  }

  private rank({ object }: ObservedChild): number {
    return this.order.get(object.metadata.labels?.[LABEL.entry] ?? '') ?? Number.MAX_SAFE_INTEGER;
  }
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
