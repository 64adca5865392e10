// Which resources are served, and a list of who wants to know when that changes (discovery, OpenAPI, garbage collection).
import { type ResourceDefinition, type ServedVersion } from './resource-definition';

/** A resource in one of its versions: what a request is about. */
export interface ServedResource {
  readonly definition: ResourceDefinition;
  readonly version: ServedVersion;
}

export class ResourceRegistry {
  private readonly byPlural = new Map<string, ResourceDefinition>();
  private readonly listeners = new Set<() => void>();
  private counter = 0;

  /** Rises with every change: a cache key for documents that are made of all definitions. */
  get generation(): number {
    return this.counter;
  }

  /** Adds a resource, or puts a new definition in place of an old one. */
  add(definition: ResourceDefinition): void {
    this.byPlural.set(`${definition.group}/${definition.plural}`, definition);
    this.tell();
  }

  remove(group: string, plural: string): void {
    if (this.byPlural.delete(`${group}/${plural}`)) this.tell();
  }

  find(group: string, version: string, plural: string): ServedResource | undefined {
    const definition = this.byPlural.get(`${group}/${plural}`);
    const served = definition?.versions.find(({ name }) => name === version);
    return definition === undefined || served === undefined ? undefined : { definition, version: served };
  }

  findKind(group: string, version: string, kind: string): ServedResource | undefined {
    for (const definition of this.byPlural.values()) {
      if (definition.group !== group || definition.kind !== kind) continue;
      const served = definition.versions.find(({ name }) => name === version);
      if (served !== undefined) return { definition, version: served };
    }
    return undefined;
  }

  findPlural(group: string, plural: string): ResourceDefinition | undefined {
    return this.byPlural.get(`${group}/${plural}`);
  }

  all(): Iterable<ResourceDefinition> {
    return this.byPlural.values();
  }

  isServedVersion(group: string, version: string): boolean {
    for (const definition of this.byPlural.values()) {
      if (definition.group === group && definition.versions.some(({ name }) => name === version)) return true;
    }
    return false;
  }

  /** Calls back after each change until it is taken off. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    this.counter++;
    for (const listener of this.listeners) listener();
  }
}
