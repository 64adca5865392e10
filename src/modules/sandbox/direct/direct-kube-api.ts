// The port to the Kubernetes API without a socket and without text. Answers are the stored objects themselves, shared and
// never changed; what a caller sends is copied once.
import { type JsonObject, parseJsonObject, stableStringify } from '../../common';
import {
  type ApplyOptions,
  type DeleteOptions,
  KubeApiError,
  type KubeApi,
  type KubeList,
  type KubeObject,
  type ListQuery,
  type ObjectRef,
  type PatchBody,
  type RawResponse,
  type RequestOptions,
  type ResourceType,
  type WatchEvent,
  type WatchQuery,
} from '../../kube/port';
import { applyObject, patchObject } from '../patch';
import { partialMetadata, type RequestHandler, withoutKind } from '../request';
import { ApiStatusError, unknownResource } from '../status';
import {
  createObject,
  decodeObject,
  deleteObject,
  getObject,
  listObjects,
  listOf,
  metaOf,
  type ObjectTarget,
  replaceObject,
  type SandboxCore,
  type Target,
} from '../verbs';
import { startTimers, WatchSession } from '../watch';
import { type CallNote, noteOf } from './call-note';
import { directEvents } from './direct-watch';
import { statusObject } from './status-object';

export interface DirectPorts {
  readonly core: SandboxCore;
  readonly handler: RequestHandler;
  /** Field manager and user agent of these calls. */
  readonly userAgent: string;
  /** Told of every answered call. */
  readonly observe?: ((note: CallNote, code: number) => void) | undefined;
}

export class DirectKubeApi implements KubeApi {
  constructor(private readonly ports: DirectPorts) {}

  async get(ref: ObjectRef, options: RequestOptions = {}): Promise<KubeObject> {
    return this.call(noteOf('get', ref.resource, ref.namespace, ref.name), options, () =>
      getObject(this.ports.core, this.objectTarget(ref)),
    );
  }

  async list(query: ListQuery, options: RequestOptions = {}): Promise<KubeList> {
    const { resource, namespace } = query;
    const listed = await this.call(noteOf('list', resource, namespace), options, () => {
      const target = this.target(resource, namespace);
      const {
        items,
        resourceVersion,
        remainingItemCount,
        continue: token,
      } = listObjects(this.ports.core, target, query);
      const shown = this.shownInList(query, target);
      return {
        items: shown === undefined ? items : items.map(shown),
        metadata: {
          resourceVersion,
          ...(token === undefined ? {} : { continue: token }),
          ...(remainingItemCount === undefined ? {} : { remainingItemCount }),
        },
      };
    });
    return listed as unknown as KubeList;
  }

  async *watch(query: WatchQuery, options: RequestOptions = {}): AsyncGenerator<WatchEvent> {
    const { resource, namespace } = query;
    const session = this.act(noteOf('watch', resource, namespace), options, () => {
      const isFromNothing = query.resourceVersion === undefined || ['', '0'].includes(query.resourceVersion);
      return new WatchSession(this.ports.core, this.target(resource, namespace), {
        ...query,
        sendInitialEvents: query.sendInitialEvents ?? (isFromNothing ? true : undefined),
      });
    });
    const stop = startTimers(session, query.timeoutSeconds, this.ports.core.random);
    yield* directEvents(session, stop, this.shown(query), options.signal);
  }

  async create(
    resource: ResourceType,
    namespace: string | undefined,
    object: JsonObject,
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    return this.call(noteOf('create', resource, namespace), options, () => {
      const target = this.target(resource, namespace);
      const write = this.writeOptions();
      return createObject(this.ports.core, target, decodeObject(target, object, write), write).object;
    });
  }

  async apply(
    ref: ObjectRef,
    object: JsonObject,
    apply: ApplyOptions,
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    const note = noteOf('apply', ref.resource, ref.namespace, ref.name, apply.subresource);
    const applied = await this.call(note, options, () => {
      const target = this.objectTarget(ref, apply.subresource);
      const { fieldManager, force, fieldValidation = 'Warn' } = apply;
      return applyObject(this.ports.core, target, object, { fieldManager, force, fieldValidation }).object;
    });
    return this.shown({ managedFieldsWith: apply.managedFieldsWith })(applied) as KubeObject;
  }

  async patch(ref: ObjectRef, patch: PatchBody, options: RequestOptions = {}): Promise<KubeObject> {
    return this.call(noteOf('patch', ref.resource, ref.namespace, ref.name, patch.subresource), options, () => {
      const target = this.objectTarget(ref, patch.subresource);
      const write = {
        ...this.writeOptions(),
        ...(patch.fieldManager === undefined ? {} : { fieldManager: patch.fieldManager }),
      };
      return patchObject(this.ports.core, target, { type: patch.type, body: patch.body }, write).object;
    });
  }

  async replace(ref: ObjectRef, object: JsonObject, options: RequestOptions = {}): Promise<KubeObject> {
    return this.call(noteOf('update', ref.resource, ref.namespace, ref.name), options, () => {
      const target = this.objectTarget(ref);
      const write = this.writeOptions();
      return replaceObject(this.ports.core, target, decodeObject(target, object, write), write).object;
    });
  }

  async delete(
    ref: ObjectRef,
    preconditions: DeleteOptions,
    options: RequestOptions = {},
  ): Promise<KubeObject | undefined> {
    const { uid, resourceVersion, propagation: propagationPolicy } = preconditions;
    const note = noteOf('delete', ref.resource, ref.namespace, ref.name);
    const { body, isGone } = this.act(note, options, () =>
      deleteObject(this.ports.core, this.objectTarget(ref), { uid, resourceVersion, propagationPolicy }),
    );
    return isGone ? undefined : (body as unknown as KubeObject);
  }

  async raw(path: string, options: RequestOptions & { readonly accept?: string } = {}): Promise<RawResponse> {
    const note: CallNote = { verb: 'get', what: path, method: 'GET', target: path };
    this.allow(options);
    const answer = await this.ports.handler.handle({
      method: 'GET',
      target: path,
      headers: { accept: options.accept ?? 'application/json', 'user-agent': this.ports.userAgent },
      body: () => Promise.resolve(Buffer.alloc(0)),
    });
    if ('watch' in answer) {
      answer.watch.close();
      answer.stopTimers();
      throw new Error(`${path}: a watch has no body; use watch()`);
    }
    this.ports.observe?.(note, answer.code);
    const body = answer.body.toString();
    if (answer.code < 300) return { status: answer.code, headers: { 'content-type': answer.contentType }, body };
    throw new KubeApiError(statusOf(answer.code, body), { verb: 'get', what: `get ${path}` });
  }

  private async call(note: CallNote, options: RequestOptions, work: () => JsonObject): Promise<KubeObject> {
    return this.act(note, options, work) as unknown as KubeObject;
  }

  /** Does the work now; what the server refuses becomes the error of the port. */
  private act<T>(note: CallNote, options: RequestOptions, work: () => T): T {
    this.allow(options);
    try {
      const result = work();
      this.ports.observe?.(note, note.verb === 'create' ? 201 : 200);
      return result;
    } catch (error) {
      if (!(error instanceof ApiStatusError)) throw error;
      this.ports.observe?.(note, error.status.code);
      const status = statusObject(error.status);
      const retryMs = status.retryAfterSeconds === undefined ? undefined : status.retryAfterSeconds * 1_000;
      throw new KubeApiError(status, { verb: note.verb, what: `${note.verb} ${note.what}` }, retryMs);
    }
  }

  private allow({ fence, signal }: RequestOptions): void {
    signal?.throwIfAborted();
    fence?.assertHeld();
  }

  private target({ group, version, plural }: ResourceType, namespace: string | undefined): Target {
    const served = this.ports.core.registry.find(group, version, plural);
    if (served === undefined) throw unknownResource();
    return { ...served, namespace: served.definition.namespaced ? (namespace ?? '') : '' };
  }

  private objectTarget(ref: ObjectRef, subresource?: string): ObjectTarget {
    return { ...this.target(ref.resource, ref.namespace), name: ref.name, subresource };
  }

  private writeOptions(): { readonly fieldManager: string } {
    return { fieldManager: this.ports.userAgent.split('/')[0] ?? '' };
  }

  private shownInList(query: ListQuery, { definition }: Target): ((object: JsonObject) => JsonObject) | undefined {
    const shown = this.shown(query);
    if (query.metadataOnly === true) return shown;
    if (!definition.isCustom) return (object) => withoutKind(shown(object));
    return query.managedFieldsWith === undefined ? undefined : shown;
  }

  /** What of an object the caller wants to see. */
  private shown(
    query: Pick<ListQuery, 'metadataOnly'> & { readonly managedFieldsWith?: readonly string[] | undefined },
  ): (object: JsonObject) => JsonObject {
    const { metadataOnly, managedFieldsWith } = query;
    const partial = metadataOnly === true ? (object: JsonObject): JsonObject => partialMetadata(object, 'v1') : same;
    if (managedFieldsWith === undefined) return partial;
    return (object) => withoutManagedFields(partial(object), managedFieldsWith);
  }
}

function same(object: JsonObject): JsonObject {
  return object;
}

/** Without managedFields, unless an entry has a member that is asked for. */
function withoutManagedFields(object: JsonObject, asked: readonly string[]): JsonObject {
  const { managedFields, ...metadata } = metaOf(object);
  if (managedFields === undefined) return object;
  const isWanted = asked.some((member) =>
    listOf(managedFields).some((entry) => stableStringify(entry).includes(member)),
  );
  return isWanted ? object : { ...object, metadata };
}

function statusOf(code: number, body: string): ReturnType<typeof statusObject> {
  const value = parseJsonObject(body);
  if (value?.['kind'] === 'Status') return statusObject(value as never);
  return { code, reason: '', message: body.trim().slice(0, 200), causes: [] };
}
