// `.children` of templates and conditions (spec: resources §13.1): what the CR owns, by kind and name. Only declared
// kinds have keys; the single key is the first object in the order of the entries.
import { LABEL, type JsonObject, type MutableJsonObject } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';
import { type KindFacts } from '../../resources';
import { type ObservedChild } from '../reconciler.types';

const PLACEHOLDER: JsonObject = { _placeholder: true, status: {} };

export class ChildrenView {
  private readonly order = new Map<string, number>();
  private readonly kinds: readonly KindFacts[];

  constructor(crd: CompiledCrd) {
    this.kinds = crd.childKinds;
    for (const entry of [...crd.onCreate.entries, ...crd.onReconcile.entries]) {
      if (!this.order.has(entry.id)) this.order.set(entry.id, this.order.size);
    }
  }

  of(children: readonly ObservedChild[]): JsonObject {
    const view: MutableJsonObject = {};
    for (const facts of this.kinds) {
      const mine = children.filter(({ resource }) => isSame(resource, facts));
      if (mine.length > 1) mine.sort((a, b) => this.rank(a) - this.rank(b) || (name(a) < name(b) ? -1 : 1));
      const byName: MutableJsonObject = {};
      for (const { object } of mine) byName[object.metadata.name] ??= withStatus(object);
      const first = mine[0];
      view[facts.childKeys.map] = byName;
      view[facts.childKeys.single] = first === undefined ? PLACEHOLDER : (byName[name(first)] ?? PLACEHOLDER);
    }
    return view;
  }

  private rank({ object }: ObservedChild): number {
    return this.order.get(object.metadata.labels?.[LABEL.entry] ?? '') ?? Number.MAX_SAFE_INTEGER;
  }
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
