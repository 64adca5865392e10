// KubeApi for tests of the kordinator: lists and watches answer what the test put there, writes are recorded and
// accepted as sent. It checks nothing that a real API server checks.
import { type JsonObject } from '../../common';
import {
  type KubeApi,
  KubeApiError,
  type KubeList,
  type KubeObject,
  keyOf,
  type ListQuery,
  type ObjectRef,
  type PatchBody,
  type RawResponse,
  type RequestOptions,
  type ResourceType,
  type WatchEvent,
  type WatchQuery,
} from '../../kube';

/** The error of an API server that says no. */
export function refusal(code: number, reason: string, what = 'test'): KubeApiError {
  return new KubeApiError({ code, reason, message: `scripted ${reason}`, causes: [] }, { verb: 'test', what });
}

interface OpenWatch {
  readonly query: WatchQuery;
  readonly waiting: WatchEvent[];
  wake: () => void;
}

export class ScriptedCluster implements KubeApi {
  /** `patch configmaps default/x` and so on; lists and watches without a name. */
  readonly calls: string[] = [];
  readonly bodies: JsonObject[] = [];
  /** Plurals that answer 404, and those that answer 403. */
  readonly missing = new Set<string>();
  readonly refused = new Set<string>();
  /** Thrown by the next write of a ConfigMap. */
  readonly writeErrors: Error[] = [];
  private readonly objects = new Map<string, Map<string, KubeObject>>();
  private readonly watches = new Set<OpenWatch>();
  private version = 100;

  /** Watches that are open now. */
  get openWatches(): number {
    return this.watches.size;
  }

  find(plural: string, key: string): KubeObject | undefined {
    return this.objects.get(plural)?.get(key);
  }

  put(plural: string, object: KubeObject): KubeObject {
    const type = this.find(plural, keyOf(object)) === undefined ? 'ADDED' : 'MODIFIED';
    const metadata = {
      uid: `uid-${object.metadata.name}`,
      ...object.metadata,
      resourceVersion: String(++this.version),
    };
    const stored = { ...object, metadata };
    this.of(plural).set(keyOf(object), stored);
    this.send(plural, { type, object: stored });
    return stored;
  }

  remove(plural: string, key: string): void {
    const object = this.find(plural, key);
    if (object === undefined) return;
    this.of(plural).delete(key);
    const metadata = { ...object.metadata, resourceVersion: String(++this.version) };
    this.send(plural, { type: 'DELETED', object: { ...object, metadata } });
  }

  /** The CRD vanishes: its watches end with 404, and so does every list. */
  vanish(plural: string): void {
    this.missing.add(plural);
    this.objects.delete(plural);
    const { status } = refusal(404, 'NotFound');
    this.send(plural, { type: 'ERROR', status });
  }

  get(ref: ObjectRef): Promise<KubeObject> {
    this.calls.push(`get ${whatOf(ref)}`);
    const found = this.find(ref.resource.plural, whatOf(ref).split(' ')[1] ?? '');
    return found === undefined ? Promise.reject(refusal(404, 'NotFound')) : Promise.resolve(found);
  }

  async list(query: ListQuery): Promise<KubeList> {
    const { plural } = query.resource;
    this.calls.push(`list ${plural}`);
    if (this.missing.has(plural)) throw refusal(404, 'NotFound');
    if (this.refused.has(plural)) throw refusal(403, 'Forbidden', `list ${plural}`);
    const items = [...this.of(plural).values()].filter((object) => isSelected(query, object));
    return { items, metadata: { resourceVersion: String(this.version) } };
  }

  async *watch(query: WatchQuery, options: RequestOptions = {}): AsyncGenerator<WatchEvent> {
    const { signal } = options;
    const open: OpenWatch = { query, waiting: [], wake: () => undefined };
    this.watches.add(open);
    const onAbort = (): void => open.wake();
    signal?.addEventListener('abort', onAbort);
    try {
      while (signal?.aborted !== true) {
        const event = open.waiting.shift();
        if (event !== undefined) yield event;
        else await new Promise<void>((resolve) => (open.wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.watches.delete(open);
    }
  }

  create(resource: ResourceType, namespace: string | undefined, object: JsonObject): Promise<KubeObject> {
    const made = object as unknown as KubeObject;
    const name = made.metadata.name;
    return this.write('create', { resource, name, ...(namespace === undefined ? {} : { namespace }) }, object, () => {
      if (this.find(resource.plural, keyOf(made)) !== undefined) throw refusal(409, 'AlreadyExists');
      return made;
    });
  }

  apply(ref: ObjectRef, object: JsonObject): Promise<KubeObject> {
    return this.write('apply', ref, object, () => object as unknown as KubeObject);
  }

  patch(ref: ObjectRef, { body, subresource }: PatchBody): Promise<KubeObject> {
    const verb = subresource === undefined ? 'patch' : `patch ${subresource} of`;
    return this.write(verb, ref, body as JsonObject, (live) => {
      if (live === undefined) throw refusal(404, 'NotFound');
      const { metadata, ...rest } = body as unknown as KubeObject;
      return { ...live, ...rest, metadata: { ...live.metadata, ...metadata } };
    });
  }

  replace(): Promise<KubeObject> {
    throw new Error('the kordinator never replaces');
  }

  delete(ref: ObjectRef): Promise<KubeObject | undefined> {
    this.calls.push(`delete ${whatOf(ref)}`);
    this.remove(ref.resource.plural, whatOf(ref).split(' ')[1] ?? '');
    return Promise.resolve(undefined);
  }

  raw(): Promise<RawResponse> {
    throw new Error('the kordinator asks for no raw path');
  }

  private async write(
    verb: string,
    ref: ObjectRef,
    body: JsonObject,
    change: (live: KubeObject | undefined) => KubeObject,
  ): Promise<KubeObject> {
    this.calls.push(`${verb} ${whatOf(ref)}`);
    this.bodies.push(body);
    const error = ref.resource.plural === 'configmaps' ? this.writeErrors.shift() : undefined;
    if (error !== undefined) throw error;
    const [, key = ''] = whatOf(ref).split(' ');
    return this.put(ref.resource.plural, change(this.find(ref.resource.plural, key)));
  }

  private of(plural: string): Map<string, KubeObject> {
    const known = this.objects.get(plural) ?? new Map<string, KubeObject>();
    this.objects.set(plural, known);
    return known;
  }

  private send(plural: string, event: WatchEvent): void {
    for (const open of this.watches) {
      if (open.query.resource.plural !== plural) continue;
      if ('object' in event && !isSelected(open.query, event.object)) continue;
      open.waiting.push(event);
      open.wake();
    }
  }
}

function whatOf({ resource, namespace, name }: ObjectRef): string {
  return `${resource.plural} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function isSelected({ labelSelector = '', fieldSelector = '' }: ListQuery, { metadata }: KubeObject): boolean {
  const pairs = labelSelector.split(',').filter((pair) => pair !== '');
  const hasLabels = pairs.every((pair) => {
    const [key = '', value] = pair.split('=');
    const found = metadata.labels?.[key];
    return value === undefined ? found !== undefined : found === value;
  });
  const name = /metadata\.name=(.+)/.exec(fieldSelector)?.[1];
  return hasLabels && (name === undefined || name === metadata.name);
}
