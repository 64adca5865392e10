// Serves /openapi/v3 with its documents, and /openapi/v2. Built-in documents go out as they were recorded; those with
// custom resources are made when they are asked for and kept until a definition changes.
import { createHash } from 'node:crypto';
import {
  isJsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
  type MutableJsonObject,
  parseJson,
} from '../../common';
import { openApiV2Document, openApiV3Documents } from '../../schema';
import { type ResourceDefinition, type ResourceRegistry, type ServedVersion } from '../registry';
import { type ApiRequest, type BodyAnswer, headerOf, type PathHandler } from '../request';
import { notAcceptable } from '../status';
import { customDocument, sharedSchemas } from './custom-schemas';

interface Document {
  readonly bytes: Buffer;
  readonly hash: string;
}

const V3 = '/openapi/v3';
const LONG_CACHE = 'public, immutable';

export function openApiPaths(registry: ResourceRegistry): PathHandler {
  const documents = new Documents(registry);
  return (request, path) => {
    if (path === '/openapi/v2') return answer(request, documents.v2(), 'application/json');
    if (path === V3 || path === `${V3}/`) return indexAnswer(documents.index());
    if (!path.startsWith(`${V3}/`)) return undefined;
    const document = documents.v3(path.slice(V3.length + 1));
    return document === undefined ? NOTHING : answer(request, document, 'application/json', LONG_CACHE);
  };
}

/** The server says nothing at all of a group that it does not have. */
const NOTHING: BodyAnswer = { code: 404, contentType: '', body: '' };

/** JSON, which the server calls plain text. */
function indexAnswer(value: JsonObject): BodyAnswer {
  return { code: 200, contentType: 'text/plain; charset=utf-8', body: jsonText(value) };
}

/** Throws a 406 for clients that take protobuf only. */
function answer(request: ApiRequest, { bytes, hash }: Document, contentType: string, caching?: string): BodyAnswer {
  const accept = headerOf(request, 'accept');
  if (accept !== '' && !/json|\*\/\*|application\/\*/.test(accept)) {
    throw notAcceptable('only the following media types are accepted: application/json');
  }
  const etag = `"${hash}"`;
  const isKnown = headerOf(request, 'if-none-match') === etag;
  const headers = { etag, vary: 'Accept', ...(caching === undefined ? {} : { 'cache-control': caching }) };
  return { code: isKnown ? 304 : 200, contentType, body: isKnown ? '' : bytes, headers };
}

type Custom = readonly (readonly [ResourceDefinition, ServedVersion])[];

class Documents {
  private generation = -1;
  private readonly made = new Map<string, Document>();

  constructor(private readonly registry: ResourceRegistry) {}

  index(): JsonObject {
    const names = new Set(openApiV3Documents().keys());
    for (const [name] of this.custom()) names.add(name);
    const paths: MutableJsonObject = {};
    for (const name of [...names].sort()) {
      const document = this.v3(name);
      if (document !== undefined) paths[name] = { serverRelativeURL: `${V3}/${name}?hash=${document.hash}` };
    }
    return { paths };
  }

  v3(name: string): Document | undefined {
    const custom = this.custom().get(name);
    const recorded = openApiV3Documents().get(name);
    if (custom === undefined) return recorded;
    return this.remember(`v3 ${name}`, () => v3Document(recorded, custom));
  }

  v2(): Document {
    const custom = [...this.custom().values()].flat();
    if (custom.length === 0) return openApiV2Document();
    return this.remember('v2', () => v2Document(custom));
  }

  private remember(key: string, make: () => JsonObject): Document {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const bytes = Buffer.from(jsonText(make()));
    const document = { bytes, hash: createHash('sha512').update(bytes).digest('hex').toUpperCase() };
    this.made.set(key, document);
    return document;
  }

  /** Custom resources by the name of their document. */
  private custom(): ReadonlyMap<string, Custom> {
    if (this.generation !== this.registry.generation) {
      this.made.clear();
      this.generation = this.registry.generation;
    }
    const byName = new Map<string, (readonly [ResourceDefinition, ServedVersion])[]>();
    for (const definition of this.registry.all()) {
      if (!definition.isCustom) continue;
      for (const version of definition.versions) {
        const name = `apis/${definition.group}/${version.name}`;
        byName.set(name, [...(byName.get(name) ?? []), [definition, version]]);
      }
    }
    return byName;
  }
}

function v3Document(recorded: Document | undefined, custom: Custom): JsonObject {
  const base =
    recorded === undefined
      ? { openapi: '3.0.0', info: { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' } }
      : (parseJson(recorded.bytes.toString('utf8')) as JsonObject);
  const paths: MutableJsonObject = { ...partOf(base, 'paths') };
  const schemas: MutableJsonObject = { ...partOf(partOf(base, 'components'), 'schemas') };
  for (const [definition, version] of custom) {
    const added = customDocument(definition, version);
    Object.assign(paths, added.paths);
    Object.assign(schemas, sharedSchemas([added.paths, added.schemas]), added.schemas);
  }
  return { ...base, paths: sorted(paths), components: { ...partOf(base, 'components'), schemas: sorted(schemas) } };
}

/** The older document: definitions only, with references of its own form. */
function v2Document(custom: Custom): JsonObject {
  const base = parseJson(openApiV2Document().bytes.toString('utf8')) as JsonObject;
  const definitions: MutableJsonObject = { ...partOf(base, 'definitions') };
  for (const [definition, version] of custom) {
    const { schemas } = customDocument(definition, version);
    const text = jsonText(schemas).replaceAll('#/components/schemas/', '#/definitions/');
    // eslint-disable-next-line no-restricted-properties -- the real server makes float64 of every number of this document
    Object.assign(definitions, JSON.parse(text));
  }
  return { ...base, definitions: sorted(definitions) };
}

function partOf(parent: JsonObject, member: string): JsonObject {
  const value: JsonValue | undefined = parent[member];
  return isJsonObject(value) ? value : {};
}

function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
