// Which resources the API server serves: aggregated discovery, cached until somebody says that it changed. "Not served"
// and "could not ask" are different answers.
import { type Gvk, isJsonObject, type JsonObject, type JsonValue, scalarText, valueAt } from '../../common';
import { type KubeApi } from '../kube-api';
import { type ResourceType } from '../kube-object';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export class Discovery {
  private cache: Promise<ReadonlyMap<string, ResourceType>> | undefined;

  constructor(private readonly api: KubeApi) {}

  /** Undefined: the server does not serve this kind. Rejects when the server can't be asked. */
  async resourceFor(gvk: Gvk): Promise<ResourceType | undefined> {
    return (await this.all()).get(key(gvk.group, gvk.version, gvk.kind));
  }

  /** The next question goes to the server again. */
  invalidate(): void {
    this.cache = undefined;
  }

  private all(): Promise<ReadonlyMap<string, ResourceType>> {
    this.cache ??= this.load().catch((error: unknown) => {
      this.cache = undefined;
      throw error;
    });
    return this.cache;
  }

  private async load(): Promise<ReadonlyMap<string, ResourceType>> {
    const answers = await Promise.all(['/api', '/apis'].map((path) => this.api.raw(path, { accept: AGGREGATED })));
    const found = new Map<string, ResourceType>();
    for (const { body } of answers) {
      for (const group of objects((JSON.parse(body) as JsonObject)['items'])) readGroup(group, found);
    }
    return found;
  }
}

function readGroup(group: JsonObject, found: Map<string, ResourceType>): void {
  const name = scalarText(valueAt(group, ['metadata', 'name']));
  for (const version of objects(group['versions'])) {
    for (const resource of objects(version['resources'])) {
      const kind = (resource['responseKind'] as JsonObject | undefined)?.['kind'];
      if (typeof kind !== 'string' || typeof resource['resource'] !== 'string') continue;
      const type = {
        group: name,
        version: scalarText(version['version']),
        kind,
        plural: resource['resource'],
        namespaced: resource['scope'] === 'Namespaced',
      };
      found.set(key(name, type.version, kind), type);
    }
  }
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function key(group: string, version: string, kind: string): string {
  return `${group}/${version}/${kind}`;
}
