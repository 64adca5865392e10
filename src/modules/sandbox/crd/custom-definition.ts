// From a CustomResourceDefinition to what the sandbox serves: versions with compiled schemas, subresources, columns.
import { apiVersionOf, type JsonObject, type MutableJsonObject, parseApiVersion, scalarText } from '../../common';
import {
  applyDefaults,
  compileStructuralSchema,
  type FieldCause,
  prune,
  type TypeSchema,
  validateCustomResource,
} from '../../schema';
import { compareVersions } from '../discovery';
import { items, type KindStrategy, part, parts, textAt } from '../kinds';
import { type ResourceDefinition, type ServedVersion } from '../registry';
import { failure } from '../status';
import { hasCondition } from './crd-conditions';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Undefined while no version is served. `deleted` is told of objects that are gone. */
export function customDefinition(crd: JsonObject, deleted: () => void): ResourceDefinition | undefined {
  const spec = part(crd, 'spec');
  const names = part(spec, 'names');
  const accepted = part(part(crd, 'status'), 'acceptedNames') ?? names;
  const group = textAt(spec, 'group');
  const all = parts(spec, 'versions').map((version) => servedVersion(version));
  const served = parts(spec, 'versions').filter((version) => version['served'] === true);
  const versions = served
    .map((version) => all.find(({ name }) => name === textAt(version, 'name')))
    .filter((version): version is ServedVersion => version !== undefined)
    .sort((a, b) => compareVersions(a.name, b.name));
  if (versions.length === 0) return undefined;
  const storage = parts(spec, 'versions').find((version) => version['storage'] === true);
  const texts = (member: string): readonly string[] => items(accepted, member).map(scalarText);
  const plural = textAt(names, 'plural');
  return {
    id: `${group}/${plural}`,
    group,
    kind: textAt(names, 'kind'),
    listKind: textAt(names, 'listKind'),
    plural,
    singular: textAt(names, 'singular'),
    shortNames: texts('shortNames'),
    categories: texts('categories'),
    namespaced: textAt(spec, 'scope') === 'Namespaced',
    versions,
    storageVersion: textAt(storage, 'name'),
    verbs: VERBS,
    isCustom: true,
    strategy: customStrategy(crd, group, versions, deleted),
  };
}

function servedVersion(version: JsonObject): ServedVersion {
  const published = part(part(version, 'schema'), 'openAPIV3Schema') ?? { type: 'object' };
  const subresources = part(version, 'subresources');
  const scale = part(subresources, 'scale');
  const columns = parts(version, 'additionalPrinterColumns');
  const selectable = parts(version, 'selectableFields').map((field) => textAt(field, 'jsonPath').replace(/^\./, ''));
  let schema: TypeSchema | undefined;
  return {
    name: textAt(version, 'name'),
    get schema() {
      return (schema ??= compileStructuralSchema(published));
    },
    published,
    hasStatus: part(subresources, 'status') !== undefined,
    ...(scale === undefined ? {} : { scale: scalePaths(scale) }),
    ...(columns.length === 0 ? {} : { printerColumns: columns }),
    ...(selectable.length === 0 ? {} : { selectableFields: selectable }),
  };
}

function scalePaths(scale: JsonObject): NonNullable<ServedVersion['scale']> {
  const selectorPath = textAt(scale, 'labelSelectorPath');
  return {
    specPath: textAt(scale, 'specReplicasPath'),
    statusPath: textAt(scale, 'statusReplicasPath'),
    ...(selectorPath === '' ? {} : { selectorPath }),
  };
}

function customStrategy(
  crd: JsonObject,
  group: string,
  versions: readonly ServedVersion[],
  deleted: () => void,
): KindStrategy {
  const isTerminating = hasCondition(crd, 'Terminating');
  const versionOf = (object: JsonObject): ServedVersion | undefined => {
    const { version } = parseApiVersion(textAt(object, 'apiVersion'));
    return versions.find(({ name }) => name === version);
  };
  const deprecations = deprecationTexts(crd, group);
  return {
    default: (draft, origin) => fit(draft, versionOf(draft)?.schema, origin === 'merged' ? 'kept' : 'dropped'),
    prepareForCreate: (draft) => {
      if (isTerminating) throw terminating(group, textAt(part(part(crd, 'spec'), 'names'), 'plural'));
      if (versionOf(draft)?.hasStatus === true) delete draft['status'];
    },
    prepareForUpdate: (draft, old) => {
      if (versionOf(draft)?.hasStatus !== true) return;
      if (old['status'] === undefined) delete draft['status'];
      else draft['status'] = old['status'];
    },
    validate: (object) => schemaProblems(object, versionOf(object)?.schema),
    validateUpdate: (object, old) => schemaProblems(object, versionOf(object)?.schema, old),
    selectableFields: Object.fromEntries(
      [...new Set(versions.flatMap((version) => version.selectableFields ?? []))].map((path) => [
        path,
        (object: JsonObject) => scalarText(valueOf(object, path)),
      ]),
    ),
    warnings: (object) => deprecations.get(textAt(object, 'apiVersion')) ?? [],
    returnsDeleted: false,
    changed: (type) => {
      if (type === 'deleted') deleted();
    },
  };
}

function valueOf(object: JsonObject, path: string): JsonObject[string] {
  return path
    .split('.')
    .reduce<JsonObject[string]>(
      (value, member) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, member)
          ? (value as JsonObject)[member]
          : undefined,
      object,
    );
}

/** Defaults, then only what the schema knows; the draft itself is changed. */
function fit(draft: MutableJsonObject, schema: TypeSchema | undefined, nulls: 'dropped' | 'kept'): void {
  if (schema === undefined) return;
  const fitted = prune(applyDefaults(draft, schema, nulls), schema).value;
  if (fitted === draft) return;
  for (const member of Object.keys(draft)) if (!Object.hasOwn(fitted, member)) delete draft[member];
  for (const [member, value] of Object.entries(fitted)) if (value !== undefined) draft[member] = value;
}

function schemaProblems(object: JsonObject, schema: TypeSchema | undefined, old?: JsonObject): readonly FieldCause[] {
  return schema === undefined ? [] : validateCustomResource(object, schema, old);
}

function terminating(group: string, plural: string): Error {
  return failure({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'create not allowed while custom resource definition is terminating',
    details: { group, kind: plural },
  });
}

function deprecationTexts(crd: JsonObject, group: string): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, readonly string[]>();
  for (const version of parts(part(crd, 'spec'), 'versions')) {
    if (version['deprecated'] !== true) continue;
    const apiVersion = apiVersionOf({ group, version: textAt(version, 'name') });
    const kind = textAt(part(part(crd, 'spec'), 'names'), 'kind');
    texts.set(apiVersion, [textAt(version, 'deprecationWarning') || `${apiVersion} ${kind} is deprecated`]);
  }
  return texts;
}
