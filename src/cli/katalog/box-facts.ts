// What an operatorBox says of itself beside its entries. It is read from the definition: an engine that can't run a part
// yet has no compiled form of it.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, scalarText } from '../../modules/common';
import { type CompiledCrd } from '../../modules/katalog';

/** Dotted paths of the status fields, each once. */
export function statusPaths({ status }: CompiledCrd): readonly string[] {
  return [...new Set(status.fields.map(({ path }) => path.join('.')))];
}

/** The entries of all stages of onDelete. */
export function deletedEntries({ onDelete }: CompiledCrd): CompiledCrd['onReconcile']['entries'] {
  return (onDelete?.stages ?? []).flatMap((stage) => stage.entries);
}

/** `default`: templates; `hooks` beside templates; `constructor` and `remote` in their place. */
export function modeOf({ definition }: CompiledCrd): string {
  const reconciler = below(below(definition, 'operatorBox'), 'reconciler');
  const code = ['constructor', 'remote', 'hooks'].find((key) => Object.hasOwn(reconciler, key));
  return code ?? (typeof definition['mode'] === 'string' ? definition['mode'] : 'default');
}

/** `burst`, or what it does and when; '' without autoscale. */
export function autoscaleText({ definition }: CompiledCrd): string {
  const autoscale = below(below(definition, 'operatorBox'), 'autoscale');
  const conditions = below(autoscale, 'conditions');
  const values = Object.entries(below(autoscale, 'do')).map(([name, value]) => `${name}→${shown(value)}`);
  const settings = ['interval', 'cooldown'].flatMap((key) =>
    autoscale[key] === undefined ? [] : [`${key} ${shown(autoscale[key])}`],
  );
  return [
    ...(autoscale['profile'] === undefined ? [] : [shown(autoscale['profile'])]),
    ...['when', 'or'].flatMap((key) => conditionsText(key, conditions[key])),
    ...values,
    ...settings,
  ].join(', ');
}

function conditionsText(key: string, list: JsonValue | undefined): readonly string[] {
  if (!isJsonArray(list) || list.length === 0) return [];
  const texts = list.filter(isJsonObject).map(({ field, ...tests }) => {
    const words = Object.entries(tests).map(([name, value]) => `${name} ${shown(value)}`);
    return [field === undefined ? [] : shown(field), words].flat().join(' ');
  });
  return [`${key}(${texts.join('; ')})`];
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : scalarText(value);
}

function below(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isJsonObject(value) ? value : {};
}
