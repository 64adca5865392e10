// One request from its path to its answer. Everything here is without a socket: HTTPS and raw direct calls come this way.
import { type JsonObject } from '../../common';
import {
  type ApiStatus,
  ApiStatusError,
  badRequest,
  internalError,
  methodNotAllowed,
  unknownResource,
} from '../status';
import {
  createObject,
  decodeObject,
  deleteCollection,
  deleteObject,
  getObject,
  getScale,
  listObjects,
  type ObjectTarget,
  replaceObject,
  replaceScale,
  type SandboxCore,
  type Target,
  type WriteOptions,
} from '../verbs';
import { postedKind, postedPlace, postPart } from '../subresources';
import { startTimers, WatchSession } from '../watch';
import { type ApiAnswer, type ApiRequest, type BodyAnswer, type PathHandler } from './api.types';
import { decodeDeleteBody } from './decode-delete';
import { decodeObjectBody } from './decode-body';
import { decodeScaleBody } from './decode-scale';
import { type Accepted, negotiate } from './negotiate';
import { type ExpectedKind } from './protobuf';
import { patchRequest } from './patch-request';
import { deleteRequest, listOptions, watchOptions, writeOptions } from './query-options';
import { headerOf } from './header';
import { bodyAnswer } from './respond';
import { type ResourceRequest, resourceRequest } from './request-info';
import { assertNamed, assertRoute, isCustomPlace } from './routes';
import { listView, objectView, statusView, type TableRenderer, type View, watchForm } from './views';

export interface HandlerPorts {
  readonly core: SandboxCore;
  /** Paths without a resource, asked in turn. */
  readonly paths: readonly PathHandler[];
  readonly tables: TableRenderer;
}

interface Call {
  readonly request: ApiRequest;
  readonly info: ResourceRequest;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly warn: (text: string) => void;
}

export class RequestHandler {
  constructor(private readonly ports: HandlerPorts) {}

  /** Never rejects: what goes wrong is an answer too. */
  async handle(request: ApiRequest): Promise<ApiAnswer> {
    const { path, query } = split(request.target);
    const warnings: string[] = [];
    try {
      const answer = await this.answer(request, path, query, (text) => void warnings.push(text));
      return warnings.length === 0 ? answer : { ...answer, warnings };
    } catch (error) {
      const { status } = error instanceof ApiStatusError ? error : unforeseen(error);
      const answer = statusAnswer(status, request, query);
      return warnings.length === 0 ? answer : { ...answer, warnings };
    }
  }

  private async answer(
    request: ApiRequest,
    path: string,
    query: URLSearchParams,
    warn: (text: string) => void,
  ): Promise<ApiAnswer> {
    for (const handler of this.ports.paths) {
      const answer = handler(request, path, query);
      if (answer !== undefined) return answer;
    }
    const info = readPath(request.method, path, query);
    if (info === undefined) return pageNotFound();
    // No route has an empty part.
    if (path.includes('//')) return this.unknown(info);
    const { registry } = this.ports.core;
    const served = registry.find(info.group, info.version, info.resource);
    if (served === undefined) return this.unknown(info);
    const target: Target = { ...served, namespace: served.definition.namespaced ? info.namespace : '' };
    if (target.definition.isCustom && !isCustomPlace(target, info)) return pageNotFound();
    if (served.version.deprecation !== undefined) warn(served.version.deprecation);
    assertRoute(target, info);
    return this.call({ request, info, target, query, warn });
  }

  /** A custom group has no router of its own: the answer is a page. */
  private unknown({ group, version }: ResourceRequest): BodyAnswer {
    const { registry } = this.ports.core;
    const isBuiltIn = [...registry.all()].some((definition) => definition.group === group && !definition.isCustom);
    if (isBuiltIn || (group === '' && version === 'v1')) throw unknownResource();
    return pageNotFound();
  }

  private async call(call: Call): Promise<ApiAnswer> {
    const { info, target, query } = call;
    const { core } = this.ports;
    switch (info.verb) {
      case 'watch':
        return this.watch(call);
      case 'list':
        return this.respond(call, 200, (view) => listView(target, listObjects(core, target, listOptions(query)), view));
      case 'get':
        return this.respond(call, 200, (view) => {
          if (info.subresource === 'scale') return getScale(core, objectTarget(call));
          const resourceVersion = query.get('resourceVersion') ?? undefined;
          return objectView(target, getObject(core, objectTarget(call), { resourceVersion }), view);
        });
      case 'create':
        return this.create(call);
      case 'update':
        return this.update(call);
      case 'patch':
        return this.patch(call);
      case 'delete':
      case 'deletecollection':
        return this.delete(call);
      default:
        throw methodNotAllowed();
    }
  }

  private async create(call: Call): Promise<ApiAnswer> {
    const { target, request } = call;
    const view = this.view(call);
    const options = { ...this.writeOptions(call, 'CreateOptions'), warn: call.warn };
    const place = postedPlace(this.ports.core, objectTarget(call));
    const kind = postedKind(place) ?? kindOf(target);
    const body = decodeObjectBody(await request.body(), headerOf(request, 'content-type'), kind);
    if (place.subresource !== undefined) {
      const answer = postPart(this.ports.core, place, body.object, options, body.sent);
      return bodyAnswer(201, answer, view.accepted, request, call.query);
    }
    const draft = decodeObject(target, body.object, options, body.sent);
    const { object } = createObject(this.ports.core, target, draft, options);
    return bodyAnswer(201, objectView(target, object, view), view.accepted, request, call.query);
  }

  private async update(call: Call): Promise<ApiAnswer> {
    const { request } = call;
    const target = objectTarget(call);
    assertNamed(target);
    const view = this.view(call);
    const options = { ...this.writeOptions(call, 'UpdateOptions'), warn: call.warn };
    if (target.subresource === 'scale') {
      const scale = decodeScaleBody(target, await request.body(), headerOf(request, 'content-type'), options);
      const { object } = replaceScale(this.ports.core, target, scale, options);
      return bodyAnswer(200, object, view.accepted, request, call.query);
    }
    const body = decodeObjectBody(await request.body(), headerOf(request, 'content-type'), kindOf(target));
    const draft = decodeObject(target, body.object, options, body.sent);
    const { object, isCreated } = replaceObject(this.ports.core, target, draft, options);
    return bodyAnswer(isCreated ? 201 : 200, objectView(target, object, view), view.accepted, request, call.query);
  }

  private async patch(call: Call): Promise<ApiAnswer> {
    const target = objectTarget(call);
    const view = this.view(call);
    const { request, query } = call;
    const written = await patchRequest(this.ports.core, target, request, query, call.warn);
    const code = written.isCreated ? 201 : 200;
    return bodyAnswer(code, objectView(target, written.object, view), view.accepted, request, query);
  }

  private async delete(call: Call): Promise<ApiAnswer> {
    const { info, request, target, query } = call;
    const { core } = this.ports;
    const view = this.view(call);
    const fromQuery = deleteRequest(query);
    const body = await request.body();
    const asked = body.length === 0 ? fromQuery : decodeDeleteBody(body, headerOf(request, 'content-type'));
    if (info.verb === 'deletecollection') {
      const options = listOptions(query);
      return bodyAnswer(
        200,
        listView(target, deleteCollection(core, target, asked, options), view),
        view.accepted,
        request,
        query,
      );
    }
    const result = deleteObject(core, objectTarget(call), asked);
    const shown =
      result.body['kind'] === 'Status' ? statusView(result.body, view) : objectView(target, result.body, view);
    return bodyAnswer(200, shown, view.accepted, request, query);
  }

  private watch(call: Call): ApiAnswer {
    const { target, query, info } = call;
    const view = this.view(call, true);
    const { timeoutSeconds, ...options } = watchOptions(withName(query, info));
    const form = watchForm(target, view);
    const session = new WatchSession(this.ports.core, target, options);
    return {
      code: 200,
      contentType: 'application/json',
      watch: session,
      form,
      stopTimers: startTimers(session, timeoutSeconds, this.ports.core.random),
    };
  }

  private respond(call: Call, code: number, make: (view: View) => JsonObject): BodyAnswer {
    const view = this.view(call);
    return bodyAnswer(code, make(view), view.accepted, call.request, call.query);
  }

  private writeOptions({ query, request }: Call, kind: 'CreateOptions' | 'UpdateOptions'): WriteOptions {
    return writeOptions(query, kind, headerOf(request, 'user-agent'));
  }

  private view({ request, target, query, info }: Call, isWatch = false): View {
    const accept = headerOf(request, 'accept');
    const accepted: Accepted = negotiate(accept, {
      isWatch,
      isBuiltIn: !target.definition.isCustom,
      isCollection: ['list', 'watch'].includes(info.verb),
    });
    return { accepted, includeObject: query.get('includeObject') ?? '', tables: this.ports.tables };
  }
}

/** A watch of one object by its path is a watch with a selector. */
function withName(query: URLSearchParams, { name }: ResourceRequest): URLSearchParams {
  if (name === '') return query;
  const narrowed = new URLSearchParams(query);
  narrowed.set('fieldSelector', `metadata.name=${name}`);
  return narrowed;
}

function kindOf({ definition, version }: Target): ExpectedKind {
  return { group: definition.group, version: version.name, kind: definition.kind };
}

function objectTarget({ target, info }: Call): ObjectTarget {
  return { ...target, name: info.name, subresource: info.subresource === '' ? undefined : info.subresource };
}

function readPath(method: string, path: string, query: URLSearchParams): ResourceRequest | undefined {
  try {
    return resourceRequest(method, path, query);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(path)}`);
  }
}

export function split(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

export function pageNotFound(): BodyAnswer {
  return { code: 404, contentType: 'text/plain; charset=utf-8', body: '404 page not found\n' };
}

function statusAnswer(status: ApiStatus, request: ApiRequest, query: URLSearchParams): BodyAnswer {
  const accept = headerOf(request, 'accept');
  // A form that only objects have is no form of a Status.
  const format = /^application\/yaml(?!.*;\s*as=)/.test(accept) ? 'yaml' : 'json';
  return bodyAnswer(status.code ?? 500, status, { format, view: undefined }, request, query);
}

/** Objects that are nested too deeply for the stack are the client's; the rest is a bug of the sandbox. */
function unforeseen(error: unknown): ApiStatusError {
  if (error instanceof RangeError) return badRequest('exceeded max depth');
  return internalError(error instanceof Error ? error.message : String(error));
}
