// OpenAPI documents of custom resources. The operations are those of a built-in resource of the same shape (Deployment)
// under another name: that is how the real server makes them, too, and clients only look at a few marks in them.
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
  type MutableJsonObject,
  parseJson,
} from '../../common';
import { openApiV3Documents } from '../../schema';
import { type ResourceDefinition, type ServedVersion } from '../registry';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const REF = '#/components/schemas/';
const MODEL = 'io.k8s.api.apps.v1.Deployment';
const MODEL_PATH = '/apis/apps/v1/namespaces/{namespace}/deployments';
const CONVENTIONS = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';

/** `com.example.demo.v1.Website`. */
export function schemaName(group: string, version: string, kind: string): string {
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
}

let model: { readonly paths: JsonObject; readonly schemas: JsonObject } | undefined;

function modelDocument(): { readonly paths: JsonObject; readonly schemas: JsonObject } {
  if (model !== undefined) return model;
  const text = openApiV3Documents().get('apis/apps/v1')?.bytes.toString('utf8') ?? '{}';
  const { paths, components } = parseJson(text) as { paths: JsonObject; components: { schemas: JsonObject } };
  model = { paths, schemas: components.schemas };
  return model;
}

/** Schemas and paths that one version of a custom resource adds to the document of its group version. */
export function customDocument(
  definition: ResourceDefinition,
  version: ServedVersion,
): { readonly schemas: JsonObject; readonly paths: JsonObject } {
  const { group, kind, listKind, plural } = definition;
  const name = schemaName(group, version.name, kind);
  const listName = schemaName(group, version.name, listKind);
  const gvk = (one: string): readonly JsonObject[] => [{ group, kind: one, version: version.name }];
  return {
    schemas: {
      [name]: { ...withMeta(version.published ?? {}), 'x-kubernetes-group-version-kind': gvk(kind) },
      [listName]: { ...listSchema(kind, listKind, plural, name), 'x-kubernetes-group-version-kind': gvk(listKind) },
    },
    paths: customPaths(definition, version, { name, listName }),
  };
}

function withMeta(schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return {
    ...schema,
    type: 'object',
    properties: {
      ...typeMeta(),
      metadata: reference('ObjectMeta', `Standard object's metadata. More info: ${CONVENTIONS}#metadata`),
      ...Object.fromEntries(
        Object.entries(properties).filter(([field]) => !['apiVersion', 'kind', 'metadata'].includes(field)),
      ),
    },
  };
}

function typeMeta(): JsonObject {
  const properties = (modelDocument().schemas[MODEL] as JsonObject)['properties'] as JsonObject;
  return { apiVersion: properties['apiVersion'], kind: properties['kind'] };
}

function reference(type: string, description: string): JsonObject {
  return { description, allOf: [{ $ref: `${REF}${META}.${type}` }] };
}

function listSchema(kind: string, listKind: string, plural: string, item: string): JsonObject {
  return {
    description: `${listKind} is a list of ${kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      ...typeMeta(),
      items: {
        description: `List of ${plural}. More info: ${CONVENTIONS}`,
        type: 'array',
        items: { $ref: REF + item },
      },
      metadata: reference('ListMeta', `Standard list metadata. More info: ${CONVENTIONS}#types-kinds`),
    },
  };
}

interface Names {
  readonly name: string;
  readonly listName: string;
}

function customPaths(definition: ResourceDefinition, version: ServedVersion, names: Names): JsonObject {
  const root = `/apis/${definition.group}/${version.name}`;
  const suffixes = [
    '',
    '/{name}',
    ...(version.scale ? ['/{name}/scale'] : []),
    ...(version.hasStatus ? ['/{name}/status'] : []),
  ];
  const place = definition.namespaced ? `${root}/namespaces/{namespace}/` : `${root}/`;
  const made: MutableJsonObject = {};
  for (const suffix of suffixes) {
    made[`${place}${definition.plural}${suffix}`] = renamed(
      modelDocument().paths[MODEL_PATH + suffix],
      definition,
      version,
      names,
    );
  }
  if (definition.namespaced) {
    const everywhere = modelDocument().paths['/apis/apps/v1/deployments'];
    made[`${root}/${definition.plural}`] = renamed(everywhere, definition, version, names);
  }
  return made;
}

function renamed(
  path: JsonValue | undefined,
  definition: ResourceDefinition,
  version: ServedVersion,
  names: Names,
): JsonValue {
  const id = camelCase(definition.group);
  const suffix = `${id.charAt(0).toUpperCase()}${id.slice(1)}${version.name.charAt(0).toUpperCase()}${version.name.slice(1)}`;
  const scope = definition.namespaced ? 'Namespaced' : '';
  const text = jsonText(path ?? {})
    .replaceAll(`${REF}${MODEL}List`, REF + names.listName)
    .replaceAll(`${REF}${MODEL}"`, `${REF}${names.name}"`)
    .replaceAll('"apps_v1"', jsonText(`${id}_${version.name}`))
    .replaceAll('AppsV1Namespaced', suffix + scope)
    .replaceAll('AppsV1', suffix)
    .replaceAll('"group":"apps","version":"v1","kind":"Deployment"', gvkText(definition, version))
    .replaceAll('"group":"apps","kind":"Deployment","version":"v1"', gvkText(definition, version))
    .replaceAll('Deployment', definition.kind);
  return served(parseJson(text), definition.namespaced);
}

function gvkText({ group, kind }: ResourceDefinition, version: ServedVersion): string {
  return jsonText({ group, version: version.name, kind }).slice(1, -1);
}

/** Only JSON and YAML, no strategic merge; without a namespace where there is none. */
function served(value: JsonValue, isNamespaced: boolean): JsonValue {
  if (isJsonArray(value)) {
    const kept = value.filter((item) => isNamespaced || !isJsonObject(item) || item['name'] !== 'namespace');
    return kept.map((item) => served(item, isNamespaced));
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !/protobuf|cbor|strategic-merge|stream=watch/.test(key));
  return Object.fromEntries(entries.map(([key, child]) => [key, served(child as JsonValue, isNamespaced)]));
}

function camelCase(group: string): string {
  return group
    .split(/[^A-Za-z0-9]+/)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

/** Definitions of the model that others refer to: metadata, Status, Scale. */
export function sharedSchemas(from: JsonValue): JsonObject {
  const found: MutableJsonObject = {};
  const visit = (value: JsonValue | undefined): void => {
    if (isJsonArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) {
      const ref = value['$ref'];
      if (typeof ref === 'string' && ref.startsWith(REF)) add(ref.slice(REF.length));
      Object.values(value).forEach(visit);
    }
  };
  const add = (name: string): void => {
    const schema = modelDocument().schemas[name];
    if (schema === undefined || Object.hasOwn(found, name)) return;
    found[name] = schema;
    visit(schema);
  };
  visit(from);
  return found;
}
