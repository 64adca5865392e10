// crdFile: the CRD manifest is the source of group, version, kind, plural, scope and status schema (spec: katalog §6).
import { resolve, dirname } from 'node:path';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  OrkestraError,
  ProblemList,
  scalarText,
  type SourceText,
  valueAt,
} from '../../common';
import { toJson } from '../source/to-json';
import { parseYamlDocuments } from '../source/parse-yaml';
import { readTextFile } from '../source/read-files';
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
  /** openAPIV3Schema of `.status` of that version. */
  readonly statusSchema: JsonObject | undefined;
}

/** Undefined after a problem at the place of `crdFile`. */
export function readCrdFile(source: SourceText, katalogFile: string, problems: ProblemList): CrdManifest | undefined {
  const report = (message: string): undefined => {
    problems.add({
      severity: 'error',
      code: CODE.crdFile,
      message: `crdFile: ${message}`,
      position: source.node.position,
      path: source.node.path,
    });
    return undefined;
  };
  if (/^https?:\/\//.test(source.text)) {
    return report('URLs are not supported yet: save the manifest beside the Katalog');
  }
  const file = resolve(dirname(katalogFile), source.text);
  try {
    const own = new ProblemList();
    const documents = parseYamlDocuments(readTextFile(file), file, own);
    const [problem] = own.errors;
    if (problem !== undefined) {
      return report(`${file}:${problem.position.line}:${problem.position.column}: ${problem.message}`);
    }
    const manifests = documents.map(toJson).filter(isJsonObject);
    const crd = manifests.find((manifest) => manifest['kind'] === 'CustomResourceDefinition');
    if (crd === undefined) return report(`${file} holds no CustomResourceDefinition`);
    const facts = readManifest(file, crd);
    return typeof facts === 'string' ? report(`${file}: ${facts}`) : facts;
  } catch (error) {
    if (error instanceof OrkestraError) return report(error.message);
    throw error;
  }
}

function readManifest(file: string, object: JsonObject): CrdManifest | string {
  const text = (path: readonly string[]): string | undefined => {
    const value = valueAt(object, path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const group = text(['spec', 'group']);
  const kind = text(['spec', 'names', 'kind']);
  const plural = text(['spec', 'names', 'plural']);
  const versions = valueAt(object, ['spec', 'versions']);
  if (group === undefined) return 'spec.group is missing';
  if (kind === undefined) return 'spec.names.kind is missing';
  if (plural === undefined) return 'spec.names.plural is missing';
  const version = chooseVersion(versions);
  if (version === undefined) return 'spec.versions is empty';
  const status = valueAt(version, ['schema', 'openAPIV3Schema', 'properties', 'status']);
  return {
    file,
    object,
    group,
    version: scalarText(version['name']),
    kind,
    plural,
    namespaced: text(['spec', 'scope']) !== 'Cluster',
    hasStatus: valueAt(version, ['subresources', 'status']) !== undefined,
    statusSchema: isJsonObject(status) ? status : undefined,
  };
}

/** The stored version, else the first served one, else the first. */
function chooseVersion(versions: JsonValue | undefined): JsonObject | undefined {
  if (!Array.isArray(versions)) return undefined;
  const all = versions.filter(isJsonObject);
  return (
    all.find((version) => version['storage'] === true) ?? all.find((version) => version['served'] === true) ?? all[0]
  );
}
