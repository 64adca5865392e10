// metadata.managedFields of every write: glue to the structured merge of `schema`.
import { apiVersionOf, type JsonObject, type MutableJsonObject, parseApiVersion } from '../../common';
import {
  fieldPath,
  type FieldPath,
  FieldSet,
  keepTimesOfUnchanged,
  type ManagedType,
  updateManagedFields,
} from '../../schema';
import { type ServedVersion } from '../registry';
import { type SandboxCore, type Target, type WriteOptions } from './core.types';

type WrittenTarget = Target & { readonly subresource?: string | undefined };

/** The draft with what this write changed of the live object recorded in it. */
export function noteUpdate(
  core: SandboxCore,
  target: WrittenTarget,
  draft: MutableJsonObject,
  live: JsonObject | undefined,
  options: WriteOptions,
): MutableJsonObject {
  const write = { manager: options.fieldManager, nowMs: core.clock.now() };
  return updateManagedFields(managedType(target), live, draft, write);
}

/** A write that changes nothing but the times in managedFields keeps the old ones: it is no change. */
export function withoutNewTimes(object: JsonObject, stored: JsonObject): JsonObject {
  return keepTimesOfUnchanged(object, stored);
}

const types = new WeakMap<ServedVersion, Map<string, ManagedType>>();

/** What structured merge has to know of the target. */
export function managedType(target: WrittenTarget): ManagedType {
  const subresource = target.subresource ?? '';
  let ofVersion = types.get(target.version);
  if (ofVersion === undefined) types.set(target.version, (ofVersion = new Map<string, ManagedType>()));
  let type = ofVersion.get(subresource);
  if (type === undefined) ofVersion.set(subresource, (type = makeType(target, subresource)));
  return type;
}

function makeType({ definition, version }: Target, subresource: string): ManagedType {
  const { group, kind, isCustom, versions } = definition;
  const reset = resetFields({ definition, version }, subresource);
  return {
    apiVersion: apiVersionOf({ group, version: version.name }),
    kind,
    subresource,
    isCustom,
    schemaOf: (apiVersion) => {
      const asked = parseApiVersion(apiVersion);
      return asked.group === group ? versions.find(({ name }) => name === asked.version)?.schema : undefined;
    },
    ...(reset === undefined ? {} : { resetFields: reset }),
  };
}

function keptMeta({ isCustom, strategy }: Target['definition']): readonly FieldPath[] {
  const kept = isCustom ? 'metadata' : (strategy.statusKeeps ?? []);
  return kept === 'metadata' ? [fieldPath('metadata')] : kept.map((member) => fieldPath('metadata', member));
}

/** What a write of this part leaves as it is, whatever it says. */
function resetFields(
  { definition, version }: Pick<Target, 'definition' | 'version'>,
  subresource: string,
): FieldSet | undefined {
  switch (subresource) {
    case 'status':
      return FieldSet.of(fieldPath('spec'), ...keptMeta(definition));
    case 'finalize':
      return FieldSet.of(fieldPath('status'));
    case '':
      return version.hasStatus ? FieldSet.of(fieldPath('status')) : undefined;
    default:
      return undefined;
  }
}
