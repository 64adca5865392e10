// The sample operator as tests use it: its files, Websites, and what belongs to one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, LABEL } from '../../../src/modules/common';
import { isNotFound, type KubeObject, type ResourceType } from '../../../src/modules/kube';
import { type Plane } from './plane';
import { repositoryFile } from './repository-file';
import { eventually } from './eventually';
import { find } from './find';

const SAMPLE = 'examples/beginner/01-hello-website';
export const CRD_MANIFEST = repositoryFile(`${SAMPLE}/crd.yaml`);
const KATALOG = repositoryFile(`${SAMPLE}/katalog.yaml`);

export const WEBSITES: ResourceType = resource('demo.orkestra.io', 'v1', 'Website', 'websites');
export const DEPLOYMENTS = resource('apps', 'v1', 'Deployment', 'deployments');
export const SERVICES = resource('', 'v1', 'Service', 'services');
export const CONFIG_MAPS = resource('', 'v1', 'ConfigMap', 'configmaps');
export const CHILD_KINDS = [DEPLOYMENTS, SERVICES, CONFIG_MAPS];
const EVENTS = resource('events.k8s.io', 'v1', 'Event', 'events');

/** Path of a file of the sample. */
export function sampleFile(name: string): string {
  return join(__dirname, '..', '..', '..', SAMPLE, name);
}

function resource(group: string, version: string, kind: string, plural: string): ResourceType {
  return { group, version, kind, plural, namespaced: true };
}

/** The Katalog of the sample with changes: pairs of what stands there and what replaces it. */
export function katalog(...changes: readonly (readonly [string | RegExp, string])[]): string {
  let text = KATALOG.replace('crdFile: ./crd.yaml', 'crdFile: ../crd.yaml');
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`the sample Katalog does not hold ${String(from)}`);
    text = changed;
  }
  return text;
}

export function website(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'demo.orkestra.io/v1',
    kind: 'Website',
    metadata: { name, namespace: 'default' },
    spec: { image: 'nginx:1.27', replicas: 2, message: `<h1>${name}</h1>`, ...spec },
  };
}

export class Websites {
  constructor(private readonly plane: Plane) {}

  /** Applies the CRD and waits until its resource is served. */
  async install(): Promise<void> {
    writeFileSync(join(this.plane.folder, 'crd.yaml'), CRD_MANIFEST);
    await this.plane.applyText(CRD_MANIFEST);
    await eventually('websites are served', async () => {
      await this.plane.api.list({ resource: WEBSITES, limit: 1 });
      return true;
    });
  }

  create(name: string, spec: JsonObject = {}): Promise<KubeObject> {
    return this.plane.api.create(WEBSITES, 'default', website(name, spec));
  }

  patch(name: string, body: JsonObject): Promise<KubeObject> {
    const ref = { resource: WEBSITES, namespace: 'default', name };
    return this.plane.api.patch(ref, { type: 'merge', body });
  }

  async delete(name: string): Promise<void> {
    await this.plane.api.delete({ resource: WEBSITES, namespace: 'default', name }, {});
  }

  /** Also when it is gone already. */
  private async remove(resource: ResourceType, name: string): Promise<void> {
    try {
      await this.plane.api.delete({ resource, namespace: 'default', name }, {});
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Every Website and every child: for a control plane without a garbage collector. */
  async clear(): Promise<void> {
    for (const resource of [WEBSITES, ...CHILD_KINDS]) {
      const managed = resource === WEBSITES ? {} : { labelSelector: `${LABEL.managed}=true` };
      const { items } = await this.plane.api.list({ resource, namespace: 'default', ...managed });
      await Promise.all(items.map(({ metadata }) => this.remove(resource, metadata.name)));
    }
  }

  get(name: string): Promise<KubeObject | undefined> {
    return this.find(WEBSITES, name);
  }

  /** Undefined when it doesn't exist. */
  find(of: ResourceType, name: string): Promise<KubeObject | undefined> {
    return find(this.plane, { resource: of, namespace: 'default', name });
  }

  /** All objects that carry our label. */
  async managed(): Promise<readonly string[]> {
    const found = await Promise.all(
      CHILD_KINDS.map(async (kind) => {
        const { items } = await this.plane.api.list({
          resource: kind,
          namespace: 'default',
          labelSelector: `${LABEL.managed}=true`,
        });
        return items.map(({ metadata }) => `${kind.plural}/${metadata.name}`);
      }),
    );
    return found.flat().sort();
  }

  /** Waits until Ready has this status (and reason); gives the condition. */
  async condition(name: string, status: 'True' | 'False', reason?: string, deadlineMs?: number): Promise<JsonObject> {
    let last: JsonObject | undefined;
    return eventually(
      `Website ${name} has Ready=${status} ${reason ?? ''}`,
      async () => {
        const cr = await this.get(name);
        last = conditionOf(cr, 'Ready');
        const isCurrent = last?.['observedGeneration'] === cr?.metadata.generation;
        const isSo = isCurrent && last?.['status'] === status && (reason === undefined || last['reason'] === reason);
        if (!isSo) throw new Error(`it is ${JSON.stringify(last)}`);
        return last;
      },
      deadlineMs,
    );
  }

  async events(name: string): Promise<readonly JsonObject[]> {
    const { items } = await this.plane.api.list({
      resource: EVENTS,
      namespace: 'default',
      fieldSelector: `regarding.name=${name},regarding.kind=Website`,
    });
    return items;
  }
}

export function conditionOf(object: KubeObject | undefined, type: string): JsonObject | undefined {
  const status = object?.['status'] as { conditions?: readonly JsonObject[] } | undefined;
  return status?.conditions?.find((condition) => condition['type'] === type);
}

/** The names of the three children of a Website. */
export function childrenOf(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`configmaps/${name}-content`, `deployments/${name}`, `services/${name}`]).sort();
}
