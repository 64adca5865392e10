// crdFile: the CRD manifest is the source of group, version, kind, plural, scope and status schema.
import {
  didYouMean,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  OrkestraError,
  ProblemList,
  type ScalarNode,
  scalarText,
  type SourcePosition,
  valueAt,
} from '../../common';
import { type CrdEntry } from '../model/crd.fields';
import { toJson } from '../source/to-json';
import { parseYamlDocuments } from '../source/parse-yaml';
import { locationFrom } from '../source/location';
import { type SourceTexts } from '../source/source-texts';
import { CODE } from '../validate/codes';

export interface CrdManifest {
  readonly file: string;
  readonly object: JsonObject;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
  /** openAPIV3Schema of that version; undefined when there is none. */
  readonly schema: JsonObject | undefined;
  /** openAPIV3Schema of `.status` of that version; undefined when the server keeps every status. */
  readonly statusSchema: JsonObject | undefined;
}

/** Where a crdFile leads: beside the file that names it. Undefined when it leads out of a package. */
export function crdFileLocation({ text, position }: ScalarNode): string | undefined {
  return locationFrom(position.file, text);
}

/** Undefined after a problem: at `crdFile`, or inside of the manifest when its YAML is broken. */
export function readCrdFile(entry: CrdEntry, texts: SourceTexts, problems: ProblemList): CrdManifest | undefined {
  const source = entry.crdFile;
  if (source === undefined) return undefined;
  const report = (message: string, position: SourcePosition = source.node.position): undefined => {
    const { path } = source.node;
    problems.add({ severity: 'error', code: CODE.crdFile, message: `crdFile: ${message}`, position, path });
    return undefined;
  };
  const file = crdFileLocation(source.node);
  if (file === undefined) return report(`${source.text} leads out of the package that names it`);
  try {
    const text = texts.read(file);
    if (text === undefined) return undefined;
    const own = new ProblemList();
    const documents = parseYamlDocuments(text, file, own, source.node.position);
    for (const { message, position } of own.errors) report(message, position);
    if (own.hasErrors) return undefined;
    const manifests = documents.map(toJson).filter(isJsonObject);
    const crd = manifests.find((manifest) => manifest['kind'] === 'CustomResourceDefinition');
    if (crd === undefined) return report(`${source.text} holds no CustomResourceDefinition`);
    const facts = readManifest(file, crd, entry.apiTypes?.version?.text);
    return typeof facts === 'string' ? report(`${source.text}: ${facts}`) : facts;
  } catch (error) {
    if (error instanceof OrkestraError) return report(error.message);
    throw error;
  }
}

/** The facts of the manifest, or what is wrong with it. */
function readManifest(file: string, object: JsonObject, wantedVersion: string | undefined): CrdManifest | string {
  const text = (path: readonly string[]): string | undefined => {
    const value = valueAt(object, path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const group = text(['spec', 'group']);
  const kind = text(['spec', 'names', 'kind']);
  const plural = text(['spec', 'names', 'plural']);
  if (group === undefined) return 'spec.group is missing';
  if (kind === undefined) return 'spec.names.kind is missing';
  if (plural === undefined) return 'spec.names.plural is missing';
  const name = text(['metadata', 'name']);
  if (name !== `${plural}.${group}`) return `metadata.name has to be "${plural}.${group}", found "${name ?? ''}"`;
  const version = chooseVersion(valueAt(object, ['spec', 'versions']), wantedVersion);
  if (typeof version === 'string') return version;
  const schema = valueAt(version, ['schema', 'openAPIV3Schema']);
  return {
    file,
    object,
    group,
    version: scalarText(version['name']),
    kind,
    plural,
    namespaced: text(['spec', 'scope']) !== 'Cluster',
    hasStatus: valueAt(version, ['subresources', 'status']) !== undefined,
    schema: isJsonObject(schema) ? schema : undefined,
    statusSchema: statusSchemaOf(schema),
  };
}

/** What is left of a status: a schema that does not know it keeps nothing of it. */
function statusSchemaOf(root: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(root)) return undefined;
  const status = valueAt(root, ['properties', 'status']);
  if (isJsonObject(status)) return status;
  return root['x-kubernetes-preserve-unknown-fields'] === true ? undefined : { type: 'object' };
}

/** The version that apiTypes asks for; else the stored one, else the first served one, else the first. */
function chooseVersion(versions: JsonValue | undefined, wanted: string | undefined): JsonObject | string {
  const all = Array.isArray(versions) ? (versions as readonly JsonValue[]).filter(isJsonObject) : [];
  const [first] = all;
  if (first === undefined) return 'spec.versions is empty';
  if (wanted !== undefined) return servedVersion(all, wanted);
  return (
    all.find((version) => version['storage'] === true) ?? all.find((version) => version['served'] === true) ?? first
  );
}

function servedVersion(versions: readonly JsonObject[], wanted: string): JsonObject | string {
  const served = versions.filter((version) => version['served'] === true);
  const names = served.map((version) => scalarText(version['name']));
  const found = served.find((version) => version['name'] === wanted);
  return found ?? `serves no version "${wanted}"${didYouMean(wanted, names)}; it serves ${names.join(', ') || 'none'}`;
}
