// Which resources the API server serves: aggregated discovery, cached until somebody says that it changed. "Not served"
// and "could not ask" are different answers. Servers before 1.26 know no aggregated discovery and are asked group by group.
import {
  type Gvk,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJsonObject,
  scalarText,
  valueAt,
} from '../../common';
import { KubeTransportError } from '../kube.errors';
import { type KubeApi } from '../kube-api';
import { type ResourceType } from '../kube-object';

const AGGREGATED = ['v2', 'v2beta1'].map(
  (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
);
const ACCEPT = [...AGGREGATED, 'application/json'].join(',');

type Found = Map<string, ResourceType>;

/** REST mapping: from a kind to its resource. */
export class Discovery {
  private cache: Promise<ReadonlyMap<string, ResourceType>> | undefined;

  constructor(private readonly api: KubeApi) {}

  /** Undefined: the server does not serve this kind. Rejects when the server can't be asked; the next call asks again. */
  async resourceFor(gvk: Gvk): Promise<ResourceType | undefined> {
    return (await this.all()).get(key(gvk.group, gvk.version, gvk.kind));
  }

  /** The next question goes to the server again. */
  invalidate(): void {
    this.cache = undefined;
  }

  private all(): Promise<ReadonlyMap<string, ResourceType>> {
    if (this.cache !== undefined) return this.cache;
    const loading = this.load().catch((error: unknown) => {
      if (this.cache === loading) this.cache = undefined;
      throw error;
    });
    this.cache = loading;
    return loading;
  }

  private async load(): Promise<ReadonlyMap<string, ResourceType>> {
    const found: Found = new Map();
    await Promise.all(['/api', '/apis'].map((path) => this.read(path, found)));
    return found;
  }

  private async read(path: string, found: Found): Promise<void> {
    const answer = await this.get(path, ACCEPT);
    if (Array.isArray(answer['items'])) {
      for (const group of objects(answer['items'])) readGroup(group, found);
      return;
    }
    const core = strings(answer['versions']).map((version) => [`/api/${version}`, '', version] as const);
    const named = objects(answer['groups']).flatMap((group) =>
      objects(group['versions']).map(({ groupVersion, version }) => {
        const [name, part] = [scalarText(group['name']), scalarText(version)];
        return [`/apis/${scalarText(groupVersion)}`, name, part] as const;
      }),
    );
    await Promise.all(
      [...core, ...named].map(async ([from, group, version]) => {
        readResources(await this.get(from, 'application/json'), group, version, found);
      }),
    );
  }

  private async get(path: string, accept: string): Promise<JsonObject> {
    const { body } = await this.api.raw(path, { accept });
    const answer = parseJsonObject(body);
    if (answer !== undefined) return answer;
    throw new KubeTransportError({ verb: 'get', what: `get ${path}` }, 'protocol', 'the answer is not a JSON object');
  }
}

/** APIResourceList of one group and version; subresources have a slash in their names. */
function readResources(list: JsonObject, group: string, version: string, found: Found): void {
  for (const { name, kind, namespaced } of objects(list['resources'])) {
    if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) continue;
    found.set(key(group, version, kind), { group, version, kind, plural: name, namespaced: namespaced === true });
  }
}

function readGroup(group: JsonObject, found: Found): void {
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

function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function key(group: string, version: string, kind: string): string {
  return `${group}/${version}/${kind}`;
}
