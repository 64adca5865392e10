// What a real API server answered (test/vectors/merge), and what it does around merging: defaults, and what decoding into
// Go types leaves out.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../../../common';
import { builtinSchema } from '../../openapi';
import { compileStructuralSchema } from '../../structural/compile';
import { type TypeSchema } from '../../types/type-schema';
import { FieldSet } from '../field-set';
import { type ManagedType } from '../managed-type';
import { fieldPath } from '../path-element';

export interface Step {
  readonly verb: 'create' | 'update' | 'json' | 'merge' | 'strategic' | 'apply';
  readonly manager?: string;
  readonly userAgent?: string;
  readonly force?: boolean;
  readonly subresource?: string;
  readonly apiVersion?: string;
  /** fieldValidation was left to the server. */
  readonly isChecked?: boolean;
  /** Absent when it is too long to write down. */
  readonly body?: JsonValue;
  readonly object?: JsonObject;
  /** The write kept the resourceVersion. */
  readonly unchanged?: boolean;
  readonly refused?: {
    readonly code: number;
    readonly reason?: string;
    readonly message: string;
    readonly causes?: readonly { readonly reason: string; readonly message: string; readonly field: string }[];
  };
}

export interface Sequence {
  readonly name: string;
  readonly kind: 'Thing' | 'ConfigMap' | 'Service' | 'Deployment' | 'ControllerRevision';
  readonly steps: readonly Step[];
}

const FILE = join(__dirname, '../../../../../test/vectors/merge/vectors.json');
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as { schema: JsonObject; sequences: readonly Sequence[] };

export const sequences = recorded.sequences;

/** When the step ran, in the times of the file. */
export function timeOf(step: number): number {
  return Date.UTC(2026, 0, 1) + step * 1_000;
}

const thing = compileStructuralSchema(recorded.schema);
const VERSIONS: Readonly<Record<Sequence['kind'], string>> = {
  Thing: 'merge.example.com/v1',
  ConfigMap: 'v1',
  Service: 'v1',
  Deployment: 'apps/v1',
  ControllerRevision: 'apps/v1',
};

export function typeOf(kind: Sequence['kind'], step: Step): ManagedType {
  const isCustom = kind === 'Thing';
  const resetFields = resetFieldsOf(kind, step.subresource);
  return {
    apiVersion: step.apiVersion ?? VERSIONS[kind],
    kind,
    isCustom,
    schemaOf: (apiVersion) => schemaOf(kind, apiVersion),
    ...(step.subresource === undefined ? {} : { subresource: step.subresource }),
    ...(resetFields === undefined ? {} : { resetFields }),
  };
}

/** Of the Scale of any kind. */
export function scaleType(): ManagedType {
  const schema = builtinSchema('autoscaling', 'v1', 'Scale');
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    subresource: 'scale',
    isCustom: false,
    schemaOf: (apiVersion) => (apiVersion === 'autoscaling/v1' ? schema : undefined),
  };
}

export function schemaOf(kind: Sequence['kind'], apiVersion = VERSIONS[kind]): TypeSchema | undefined {
  if (kind === 'Thing') return /^merge\.example\.com\/v[12]$/.test(apiVersion) ? thing : undefined;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return builtinSchema(group ?? '', version ?? '', kind);
}

function resetFieldsOf(kind: Sequence['kind'], subresource: string | undefined): FieldSet | undefined {
  if (kind === 'ConfigMap' || subresource === 'scale') return undefined;
  if (subresource === undefined) return FieldSet.of(fieldPath('status'));
  return kind === 'Thing'
    ? FieldSet.of(fieldPath('metadata'), fieldPath('spec'))
    : FieldSet.of(fieldPath('spec'), fieldPath('metadata', 'labels'));
}

/** Fields that the server fills in after decoding; what it filled in stands in the recorded object. */
const DEFAULTED = new Set([
  ...['level', 'protocol', 'terminationMessagePath', 'terminationMessagePolicy', 'imagePullPolicy', 'resources'],
  ...['restartPolicy', 'terminationGracePeriodSeconds', 'dnsPolicy', 'securityContext', 'schedulerName', 'strategy'],
  ...['progressDeadlineSeconds', 'revisionHistoryLimit', 'replicas', 'targetPort', 'sessionAffinity', 'type'],
  ...['internalTrafficPolicy', 'defaultMode', 'status', 'limits', 'requests', 'cpu', 'rollingUpdate', 'loadBalancer'],
]);
/** Set on the way to the store, after managedFields are made. */
const ALLOCATED = new Set(['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']);
const OF_THE_STORE = new Set(['uid', 'creationTimestamp', 'generation', 'resourceVersion']);

/** The object as the server has it between decoding and storing. */
export function withDefaults(value: JsonValue, stored: JsonValue, isCustom: boolean): JsonValue {
  if (isJsonArray(value)) {
    const known: JsonArray = isJsonArray(stored) ? stored : [];
    return value.map((item, index) => withDefaults(item, known[index] ?? null, isCustom));
  }
  if (!isJsonObject(value)) return value;
  const known: JsonObject = isJsonObject(stored) ? stored : {};
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === 'managedFields' && item !== undefined) entries.push([key, item]);
    if (key === 'managedFields' || item === undefined || isLeftOut(item, known, key, isCustom)) continue;
    entries.push([key, withDefaults(item, Object.hasOwn(known, key) ? (known[key] ?? null) : null, isCustom)]);
  }
  for (const [key, item] of Object.entries(known)) {
    const isMissing = !Object.hasOwn(value, key) || (value[key] === null && item !== null);
    if (isMissing && (DEFAULTED.has(key) || OF_THE_STORE.has(key))) entries.push([key, item as JsonValue]);
  }
  return Object.fromEntries(entries);
}

/** Decoding leaves out null, and what is empty where the Go type says so; pruning what the schema does not have. */
function isLeftOut(item: JsonValue, known: JsonObject, key: string, isCustom: boolean): boolean {
  if (Object.hasOwn(known, key) && known[key] !== null) return false;
  if (isCustom) return key === 'nope' || (item === null && !Object.hasOwn(known, key));
  if (key === 'nope') return true;
  return item === null || (typeof item === 'object' && Object.keys(item).length === 0);
}

/** The recorded object as it was when managedFields were made of a create. */
export function beforeStoring(object: JsonObject): JsonObject {
  const without = (value: JsonValue | undefined, names: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(Object.entries(isJsonObject(value) ? value : {}).filter(([key]) => !names.has(key)));
  const spec = object['spec'] === undefined ? {} : { spec: without(object['spec'], ALLOCATED) };
  return { ...object, ...spec, metadata: without(object['metadata'], OF_THE_STORE) };
}
