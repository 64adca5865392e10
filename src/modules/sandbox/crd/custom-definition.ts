// From a CustomResourceDefinition to what the sandbox serves: versions with compiled schemas, subresources, columns.
import { apiVersionOf, type JsonObject, type MutableJsonObject, parseApiVersion, scalarText } from '../../common';
import {
  applyDefaults,
  compileStructuralSchema,
  type FieldCause,
  prune,
  settleEmbedded,
  type TypeSchema,
  validateCustomResource,
} from '../../schema';
import { compareVersions } from '../discovery';
import { items, type KindStrategy, part, parts, textAt } from '../kinds';
import { type ResourceDefinition, type ServedVersion } from '../registry';
import { embeddedMetadataProblems } from '../verbs';
import { hasCondition } from './crd-conditions';
import { scaleProblems } from './scale-rules';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Undefined while no version is served. `deleted` is told of objects that are gone. */
export function customDefinition(crd: JsonObject, deleted: () => void): ResourceDefinition | undefined {
  const spec = part(crd, 'spec');
  const names = part(spec, 'names');
  const accepted = part(part(crd, 'status'), 'acceptedNames') ?? names;
  const group = textAt(spec, 'group');
  const all = parts(spec, 'versions').map((version) => servedVersion(version, deprecationOf(version, spec)));
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
    edition: editionOf(crd),
    ...reading(group, all),
    strategy: customStrategy(crd, versions, deleted),
  };
}

/** The generation counts changes of the spec; a definition that is made again begins at 1, with another uid. */
function editionOf(crd: JsonObject): string {
  const metadata = part(crd, 'metadata');
  return `${textAt(metadata, 'uid')}/${scalarText(metadata?.['generation'])}`;
}

/**
 * Objects are stored as they were when they were written, and read as the schemas of now have them: pruned and with
 * defaults in the version that is stored, then pruned in the version that is asked for.
 */
function reading(
  group: string,
  all: readonly ServedVersion[],
): Required<Pick<ResourceDefinition, 'readStored' | 'convert'>> {
  const schemas = new Map(all.map((version) => [apiVersionOf({ group, version: version.name }), version]));
  const known = new WeakMap<JsonObject, JsonObject>();
  return {
    readStored: (stored) => {
      let read = known.get(stored);
      if (read === undefined) {
        const schema = schemas.get(textAt(stored, 'apiVersion'))?.schema;
        read = schema === undefined ? stored : applyDefaults(prune(stored, schema).value, schema);
        known.set(stored, read);
      }
      return read;
    },
    convert: (object, apiVersion) => {
      const schema = schemas.get(apiVersion)?.schema;
      const converted = { ...object, apiVersion };
      return schema === undefined ? converted : prune(converted, schema).value;
    },
  };
}

function servedVersion(version: JsonObject, deprecation: string | undefined): ServedVersion {
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
    ...(deprecation === undefined ? {} : { deprecation }),
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

function customStrategy(crd: JsonObject, versions: readonly ServedVersion[], deleted: () => void): KindStrategy {
  const isTerminating = hasCondition(crd, 'Terminating');
  const versionOf = (object: JsonObject): ServedVersion | undefined => {
    const { version } = parseApiVersion(textAt(object, 'apiVersion'));
    return versions.find(({ name }) => name === version);
  };
  return {
    default: (draft, origin) => fit(draft, versionOf(draft)?.schema, origin === 'merged' ? 'kept' : 'dropped'),
    ...(isTerminating ? { closedBecause: 'custom resource definition is terminating' } : {}),
    prepareForCreate: (draft) => {
      if (versionOf(draft)?.hasStatus === true) delete draft['status'];
    },
    prepareForUpdate: (draft, old) => {
      if (versionOf(draft)?.hasStatus !== true) return;
      if (old['status'] === undefined) delete draft['status'];
      else draft['status'] = old['status'];
    },
    validate: (object) => objectProblems(object, versionOf(object)),
    validateUpdate: (object, old, subresource) =>
      objectProblems(object, versionOf(object), { old, isStatus: subresource === 'status' }),
    selectableFields: Object.fromEntries(
      [...new Set(versions.flatMap((version) => version.selectableFields ?? []))].map((path) => [
        path,
        (object: JsonObject) => scalarText(valueOf(object, path)),
      ]),
    ),
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

/** Defaults, then only what the schema knows and metadata inside as Go has it; the draft itself is changed. */
function fit(draft: MutableJsonObject, schema: TypeSchema | undefined, nulls: 'dropped' | 'kept'): void {
  if (schema === undefined) return;
  const fitted = settleEmbedded(prune(applyDefaults(draft, schema, nulls), schema).value, schema);
  if (fitted === draft) return;
  for (const member of Object.keys(draft)) if (!Object.hasOwn(fitted, member)) delete draft[member];
  for (const [member, value] of Object.entries(fitted)) if (value !== undefined) draft[member] = value;
}

interface Update {
  readonly old: JsonObject;
  readonly isStatus: boolean;
}

function objectProblems(
  object: JsonObject,
  version: ServedVersion | undefined,
  update?: Update,
): readonly FieldCause[] {
  if (version === undefined) return [];
  return validateCustomResource(object, version.schema, {
    old: update?.old,
    checkMetadata: embeddedMetadataProblems,
    further: scaleProblems(object, version.scale, update?.isStatus === true),
  });
}

/** The warning of a deprecated version: its own, or one that names the newest version to use instead. */
function deprecationOf(version: JsonObject, spec: JsonObject | undefined): string | undefined {
  if (version['deprecated'] !== true) return undefined;
  const { deprecationWarning } = version;
  if (typeof deprecationWarning === 'string') return deprecationWarning;
  const group = textAt(spec, 'group');
  const called = (name: string): string =>
    `${apiVersionOf({ group, version: name })} ${textAt(part(spec, 'names'), 'kind')}`;
  const name = textAt(version, 'name');
  const [newest] = parts(spec, 'versions')
    .filter(({ served, deprecated }) => served === true && deprecated !== true)
    .map((other) => textAt(other, 'name'))
    .filter((other) => compareVersions(other, name) < 0)
    .sort(compareVersions);
  return `${called(name)} is deprecated${newest === undefined ? '' : `; use ${called(newest)}`}`;
}
