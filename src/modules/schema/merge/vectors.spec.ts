// Replays what a real API server answered to sequences of writes (test/vectors/merge) on the functions of this folder.
import { isJsonObject, type JsonArray, type JsonObject, type JsonValue, valueAt } from '../../common';
import { applyConfiguration, keepTimesOfUnchanged, updateManagedFields } from './managed-fields';
import { entriesOf, inVersion, type ManagedType, withEntries, withoutEntries } from './managed-type';
import { managerOf } from './manager-name';
import { PatchRefused } from './merge.errors';
import { applyJsonPatch } from './patches/json-patch';
import { applyMergePatch } from './patches/merge-patch';
import { applyStrategicPatch } from './patches/strategic-patch';
import { fieldPath, type FieldPath } from './path-element';
import { fromScaleEntries, toScaleEntries } from './scale-entries';
import {
  beforeStoring,
  scaleType,
  schemaOf,
  type Sequence,
  sequences,
  type Step,
  timeOf,
  typeOf,
  withDefaults,
} from './testing/vectors';

/** Refused by what comes before or after merging: the options of the request, the validation of the kind. */
function isOfOthers(step: Step): boolean {
  const { refused } = step;
  if (refused === undefined) return false;
  const isOfTheKind = refused.code === 422 && /^\S+ "\w*" is invalid/.test(refused.message);
  return isOfTheKind || refused.code === 415 || /failed to convert new object/.test(refused.message);
}

function patched(sequence: Sequence, step: Step, live: JsonObject): JsonObject {
  const body = step.body as JsonValue;
  if (step.verb === 'json') return applyJsonPatch(live, body, step.isChecked) as JsonObject;
  if (step.verb === 'merge') return applyMergePatch(live, body, step.isChecked);
  return applyStrategicPatch(live, body, schemaOf(sequence.kind) ?? {});
}

/** The object that the step stores, or what it is refused with. */
function outcome(sequence: Sequence, at: number, live: JsonObject | undefined): JsonObject | PatchRefused {
  const step = sequence.steps[at] as Step;
  const type = typeOf(sequence.kind, step);
  const write = { manager: managerOf(step.manager, step.userAgent ?? 'recorder/1'), nowMs: timeOf(at) };
  const stored = live === undefined ? undefined : inVersion(live, type.apiVersion);
  try {
    if (step.subresource === 'scale' && stored !== undefined) return scaled(sequence, step, { write, stored });
    return written(sequence, step, { type, write, stored });
  } catch (error) {
    if (error instanceof PatchRefused) return error;
    throw error;
  }
}

function written(
  sequence: Sequence,
  step: Step,
  {
    type,
    write,
    stored,
  }: {
    readonly type: ManagedType;
    readonly write: { readonly manager: string; readonly nowMs: number };
    readonly stored: JsonObject | undefined;
  },
): JsonObject {
  const expected = step.object ?? {};
  if (step.verb === 'apply') {
    const applied = applyConfiguration(type, stored, step.body as JsonObject, { ...write, force: step.force === true });
    return withDefaults(applied, expected, type.isCustom) as JsonObject;
  }
  if (step.verb === 'create' || stored === undefined) {
    const sent = withEntries(beforeStoring(expected), entriesOf(step.body as JsonObject));
    return withEntries(expected, entriesOf(updateManagedFields(type, undefined, sent, write)));
  }
  const next = step.verb === 'update' ? (step.body as JsonObject) : patched(sequence, step, stored);
  const decoded = withDefaults(next, expected, type.isCustom) as JsonObject;
  return updateManagedFields(type, stored, decoded, write);
}

/** The main resource after its Scale was written. */
function scaled(
  sequence: Sequence,
  step: Step,
  {
    write,
    stored,
  }: { readonly write: { readonly manager: string; readonly nowMs: number }; readonly stored: JsonObject },
): JsonObject {
  const type = scaleType();
  const paths = (): FieldPath => fieldPath('spec', 'replicas');
  const scale: JsonObject = {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: {
      ...(withoutEntries(stored)['metadata'] as JsonObject),
      managedFields: toScaleEntries(entriesOf(stored), paths),
    },
    spec: { replicas: valueAt(stored, ['spec', 'replicas']) },
    status: { replicas: 0 },
  };
  const next =
    step.verb === 'apply'
      ? applyConfiguration(type, scale, step.body as JsonObject, { ...write, force: step.force === true })
      : updateManagedFields(type, scale, patched(sequence, step, scale), write);
  const { apiVersion } = typeOf(sequence.kind, step);
  const entries = fromScaleEntries(entriesOf(stored), entriesOf(next), apiVersion, paths);
  const spec = { ...(stored['spec'] as JsonObject), replicas: valueAt(next, ['spec', 'replicas']) };
  return withEntries({ ...stored, spec }, entries);
}

/** As far as the strategy of the kind leaves it alone: a status does not come from the main resource, and so on. */
function comparable(object: JsonObject, step: Step): JsonObject {
  const { status, ...rest } = object;
  const metadata = object['metadata'] as JsonObject;
  const { generation: _, creationTimestamp: __, uid: ___, resourceVersion: ____, ...meta } = metadata;
  if (step.subresource === 'status') return { status: status ?? null, entries: entriesOf(object) ?? null };
  const spec = isJsonObject(object['spec']) ? object['spec'] : undefined;
  if (object['kind'] !== 'Service' || spec === undefined) return { ...rest, metadata: meta };
  const { clusterIP: _a, clusterIPs: _b, ipFamilies: _c, ipFamilyPolicy: _d, ...own } = spec;
  return { ...rest, metadata: meta, spec: own };
}

describe('a real API server', () => {
  it.each(sequences.map((sequence) => [sequence.name, sequence] as const))('%s', (_name, sequence) => {
    let live: JsonObject | undefined;
    for (const [at, step] of sequence.steps.entries()) {
      if (step.body === undefined || isOfOthers(step)) continue;
      const result = outcome(sequence, at, live);
      const place = `${sequence.name}, write ${at}`;
      if (step.refused !== undefined) {
        expect({ place, ...refusalOf(result) }).toEqual({ place, ...plain(step.refused) });
        continue;
      }
      if (result instanceof PatchRefused) throw new Error(`${place} was refused: ${result.message}`);
      const expected = step.object as JsonObject;
      const final = live === undefined ? result : keepTimesOfUnchanged(result, live);
      expect({ place, ...comparable(final, step) }).toEqual({ place, ...comparable(expected, step) });
      expect(canonical(entriesOf(final))).toEqual(canonical(entriesOf(expected)));
      live = expected;
    }
  });
});

function refusalOf(result: JsonObject | PatchRefused): object {
  if (!(result instanceof PatchRefused)) return { accepted: withoutEntries(result) };
  const { code, reason, message, causes } = result;
  return plain({ code, reason, message, causes });
}

/** Problems of maps come in no particular order from the server. */
function plain(refused: NonNullable<Step['refused']>): object {
  const { code, reason = '', message, causes = [] } = refused;
  return {
    code,
    reason,
    lines: message.split('\n').sort(),
    causes: causes.map((cause) => JSON.stringify(cause, ['reason', 'message', 'field'])).sort(),
  };
}

/** Text, so that the order of keys counts. */
function canonical(entries: JsonValue | undefined): readonly string[] {
  return ((entries ?? []) as JsonArray).map((entry) => JSON.stringify((entry as JsonObject)['fieldsV1']));
}
