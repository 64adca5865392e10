// KubeApi over HTTP: verbs to methods, paths, media types and back. Events go at low priority whoever sends them.
import { type Dispatcher } from 'undici';
import {
  isJsonObject,
  type JsonObject,
  jsonText,
  OrkestraError,
  parseJsonObject,
  pause,
  scalarText,
} from '../../common';
import { KubeApiError, KubeTransportError, type RequestDescription } from '../kube.errors';
import {
  type ApplyOptions,
  type DeleteOptions,
  type KubeApi,
  type ListQuery,
  type PatchBody,
  type RawResponse,
  type RequestOptions,
  type WatchQuery,
} from '../kube-api';
import { type KubeList, type KubeObject, type ObjectRef, type ResourceType, type WatchEvent } from '../kube-object';
import { type Call, type HttpTransport } from './http-transport';
import { withoutManagedFields } from './managed-fields';
import { describeRef, listPath, queryText, refPath, resourcePath, watchPath } from './resource-path';
import { statusFrom } from './status-object';
import { LineSplitter } from './watch-lines';

// A server that knows no partial objects sends whole ones.
const PARTIAL_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
const PARTIAL_OBJECT = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';
const PATCH_TYPE = { merge: 'application/merge-patch+json', json: 'application/json-patch+json' } as const;

/**
 * The server tells a watch of a write at the same time as it answers to the writer. A caller that stores answers to its
 * own writes has them after this pause, and most of its watch events are no news then.
 */
const OWN_ANSWERS_MS = 10;

export class HttpKubeApi implements KubeApi {
  constructor(private readonly transport: HttpTransport) {}

  async get(ref: ObjectRef, options: RequestOptions = {}): Promise<KubeObject> {
    return this.object({ ...this.refCall('get', ref), ...options, method: 'GET', path: refPath(ref) });
  }

  async list(query: ListQuery, options: RequestOptions = {}): Promise<KubeList> {
    const call: Call = {
      ...resourceCall('list', query.resource, query.namespace),
      ...options,
      method: 'GET',
      path: listPath(query),
      ...(query.metadataOnly === true ? { accept: PARTIAL_LIST } : {}),
    };
    const list = await this.json(call, query.managedFieldsWith);
    const items = Array.isArray(list['items']) ? (list['items'] as unknown as KubeObject[]) : [];
    return { items, metadata: (list['metadata'] ?? {}) as KubeList['metadata'] };
  }

  async *watch(query: WatchQuery, options: RequestOptions = {}): AsyncGenerator<WatchEvent> {
    const call: Call = {
      ...resourceCall('watch', query.resource, query.namespace),
      ...options,
      method: 'GET',
      path: watchPath(query),
      ...(query.metadataOnly === true ? { accept: PARTIAL_OBJECT } : {}),
    };
    let body: Dispatcher.ResponseData['body'] | undefined;
    try {
      ({ body } = await this.transport.stream(call));
      const lines = new LineSplitter();
      for await (const chunk of body as AsyncIterable<Buffer>) {
        if (query.isKnown !== undefined) await pause(OWN_ANSWERS_MS, options.signal);
        for (const line of lines.push(chunk)) {
          yield knownEvent(line, query.isKnown) ?? watchEvent(parseObject(line, call, query.managedFieldsWith));
        }
      }
    } catch (error) {
      if (options.signal?.aborted === true) return;
      if (error instanceof OrkestraError) throw error;
      throw new KubeTransportError(describe(call), 'reset', 'the stream broke', error);
    } finally {
      body?.destroy();
    }
  }

  async create(
    resource: ResourceType,
    namespace: string | undefined,
    object: JsonObject,
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    const isEvent = resource.plural === 'events';
    return this.object({
      ...resourceCall('create', resource, namespace),
      ...options,
      method: 'POST',
      path: resourcePath(resource, namespace),
      body: jsonText(object),
      ...(isEvent ? { priority: 'low' } : {}),
    });
  }

  async apply(
    ref: ObjectRef,
    object: JsonObject,
    apply: ApplyOptions,
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    const { fieldManager, force, fieldValidation } = apply;
    const call: Call = {
      ...this.refCall('apply', ref),
      ...options,
      method: 'PATCH',
      path: refPath(ref, apply.subresource) + queryText({ fieldManager, force, fieldValidation }),
      contentType: 'application/apply-patch+yaml',
      body: jsonText(object),
    };
    return this.object(call, apply.managedFieldsWith);
  }

  async patch(ref: ObjectRef, patch: PatchBody, options: RequestOptions = {}): Promise<KubeObject> {
    return this.object({
      ...this.refCall('patch', ref),
      ...options,
      method: 'PATCH',
      path: refPath(ref, patch.subresource) + queryText({ fieldManager: patch.fieldManager }),
      contentType: PATCH_TYPE[patch.type],
      body: jsonText(patch.body),
      ...(ref.resource.plural === 'events' ? { priority: 'low' } : {}),
    });
  }

  async replace(ref: ObjectRef, object: JsonObject, options: RequestOptions = {}): Promise<KubeObject> {
    return this.object({
      ...this.refCall('update', ref),
      ...options,
      method: 'PUT',
      path: refPath(ref),
      body: jsonText(object),
    });
  }

  async delete(
    ref: ObjectRef,
    preconditions: DeleteOptions,
    options: RequestOptions = {},
  ): Promise<KubeObject | undefined> {
    const { uid, resourceVersion, propagation } = preconditions;
    const body = {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      preconditions: { uid, resourceVersion },
      propagationPolicy: propagation,
    };
    const answer = await this.json({
      ...this.refCall('delete', ref),
      ...options,
      method: 'DELETE',
      path: refPath(ref),
      body: jsonText(body),
    });
    if (answer['kind'] === 'Status') return undefined;
    // Some kinds answer with the object although it is gone; one that stays has a time of deletion.
    const object = answer as unknown as KubeObject;
    return object.metadata.deletionTimestamp === undefined ? undefined : object;
  }

  async raw(path: string, options: RequestOptions & { readonly accept?: string } = {}): Promise<RawResponse> {
    return this.transport.send({
      verb: 'get',
      what: path,
      resource: { group: '', plural: path },
      ...options,
      method: 'GET',
      path,
    });
  }

  private refCall(verb: string, ref: ObjectRef): Pick<Call, 'verb' | 'what' | 'resource'> {
    return { verb, what: describeRef(ref.resource, ref.namespace, ref.name), resource: ref.resource };
  }

  private async object(call: Call, managedFieldsWith?: readonly string[]): Promise<KubeObject> {
    return (await this.json(call, managedFieldsWith)) as unknown as KubeObject;
  }

  private async json(call: Call, managedFieldsWith?: readonly string[]): Promise<JsonObject> {
    const { body } = await this.transport.send(call);
    return parseObject(body, call, managedFieldsWith);
  }
}

/** What was not JSON is quoted nowhere: it may hold anything. */
function parseObject(text: string, call: Call, managedFieldsWith?: readonly string[]): JsonObject {
  const object = parseJsonObject(
    managedFieldsWith === undefined ? text : withoutManagedFields(text, managedFieldsWith),
  );
  if (object !== undefined) return object;
  throw new KubeTransportError(describe(call), 'protocol', 'the answer is not a JSON object');
}

function describe(call: Call): RequestDescription {
  return { verb: call.verb, what: `${call.verb} ${call.what}` };
}

function resourceCall(
  verb: string,
  resource: ResourceType,
  namespace: string | undefined,
): Pick<Call, 'verb' | 'what' | 'resource'> {
  return { verb, what: describeRef(resource, namespace), resource };
}

// Built-in kinds write their metadata in this order. What comes in another order is parsed as a whole.
const VERSION_AT_FRONT =
  /^\{"type":"(?:ADDED|MODIFIED)","object":\{"kind":"\w+","apiVersion":"[\w./-]+","metadata":\{"name":"([^"\\]+)",(?:"namespace":"([^"\\]+)",)?"uid":"[\w-]+","resourceVersion":"(\d+)"/;

/** The event of a version that the caller has: it is not worth parsing. */
function knownEvent(line: string, isKnown: WatchQuery['isKnown']): WatchEvent | undefined {
  if (isKnown === undefined) return undefined;
  const [, name, namespace = '', resourceVersion] = VERSION_AT_FRONT.exec(line) ?? [];
  if (name === undefined || resourceVersion === undefined) return undefined;
  if (!isKnown(namespace, name, resourceVersion)) return undefined;
  return { type: 'BOOKMARK', resourceVersion, initialEventsEnd: false };
}

function watchEvent(line: JsonObject): WatchEvent {
  const object = line['object'];
  const body = isJsonObject(object) ? object : {};
  switch (line['type']) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type: line['type'], object: body as unknown as KubeObject };
    case 'BOOKMARK': {
      const metadata = body['metadata'] as JsonObject | undefined;
      const annotations = metadata?.['annotations'] as JsonObject | undefined;
      return {
        type: 'BOOKMARK',
        resourceVersion: scalarText(metadata?.['resourceVersion']),
        initialEventsEnd: annotations?.['k8s.io/initial-events-end'] === 'true',
      };
    }
    default:
      return { type: 'ERROR', status: statusFrom(body, 500) };
  }
}

/** The error that a watch's ERROR event stands for. */
export function watchError(status: KubeApiError['status'], what: string): KubeApiError {
  return new KubeApiError(
    status,
    { verb: 'watch', what: `watch ${what}` },
    status.retryAfterSeconds === undefined ? undefined : status.retryAfterSeconds * 1_000,
  );
}
