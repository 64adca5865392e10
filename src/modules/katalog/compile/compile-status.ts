// operatorBox.status to CompiledStatus.
import { isJsonObject, type JsonObject, type ProblemList } from '../../common';
import { compileConditions, compileText, type CompileOptions } from '../../expression';
import { type CrdEntry } from '../model/crd.fields';
import { CODE } from '../validate/codes';
import { type CompiledStatus, type CompiledStatusField, type StatusFieldType } from './compiled-katalog';
import { type CrdManifest } from './crd-file';

type StatusBlock = NonNullable<NonNullable<CrdEntry['operatorBox']>['status']>;
type FieldSource = NonNullable<StatusBlock['fields']>[number];

const TYPES: Readonly<Record<NonNullable<FieldSource['type']>, StatusFieldType>> = {
  string: 'string',
  str: 'string',
  default: 'string',
  int: 'int',
  integer: 'int',
  float: 'float',
  bool: 'bool',
  boolean: 'bool',
  auto: 'auto',
};

export function compileStatus(
  entry: CrdEntry,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
  options: CompileOptions,
): CompiledStatus {
  const block = entry.operatorBox?.status;
  const conditions = block?.conditions === 'false' ? 'off' : block?.conditions === 'classic' ? 'classic' : 'kstatus';
  const isWritten = entry.ignoreStatusPatch !== true;
  if (isWritten && manifest !== undefined && !manifest.hasStatus) {
    const { position, path } = entry.crdFile?.node ?? entry.node;
    const message = `version ${manifest.version} of ${manifest.plural}.${manifest.group} has no status subresource (subresources: {status: {}}); add it, or set ignoreStatusPatch: true`;
    problems.add({ severity: 'error', code: CODE.statusSubresource, message, position, path });
  }
  const fields = (block?.fields ?? []).flatMap((source) => compileField(source, manifest, problems, options));
  return {
    conditions,
    isWritten,
    writesObservedGeneration: entry.ignoreObservedGeneration !== true,
    fields,
    schema: manifest?.statusSchema,
  };
}

function compileField(
  source: FieldSource,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
  options: CompileOptions,
): readonly CompiledStatusField[] {
  if (source.path === undefined || source.value === undefined) return [];
  const { position, path: place } = source.path.node;
  const path = source.path.text.split('.');
  if (path.some((step) => step === '')) {
    problems.add({
      severity: 'error',
      code: CODE.statusPath,
      message: `expected a path such as phase or web.url, found "${source.path.text}"`,
      position,
      path: place,
    });
    return [];
  }
  if (path[0] === 'conditions' || path[0] === 'observedGeneration') {
    problems.add({
      severity: 'error',
      code: CODE.statusPath,
      message: `status.${path[0]} is written by Orkestra itself`,
      position,
      path: place,
    });
    return [];
  }
  const { statusSchema } = manifest ?? {};
  if (statusSchema !== undefined && !isKept(statusSchema, path)) {
    const message = `status.${source.path.text} is not in the CRD's schema: the API server would drop it`;
    problems.add({ severity: 'warning', code: CODE.statusPruned, message, position, path: place });
  }
  const value = compileText(source.value, problems, options);
  return [
    {
      path,
      value,
      type: TYPES[source.type ?? 'string'],
      conditions: compileConditions({ when: source.when, or: source.or }, problems, options),
      clearOnFalse: source.clearOnFalse === true,
      position: source.node.position,
      purity: value.purity,
    },
  ];
}

function isKept(schema: JsonObject, path: readonly string[]): boolean {
  let at: JsonObject = schema;
  for (const key of path) {
    if (at['x-kubernetes-preserve-unknown-fields'] === true || at['additionalProperties'] === true) return true;
    const properties = isJsonObject(at['properties']) ? at['properties'] : {};
    const next = properties[key] ?? at['additionalProperties'];
    if (!isJsonObject(next)) return false;
    at = next;
  }
  return true;
}
