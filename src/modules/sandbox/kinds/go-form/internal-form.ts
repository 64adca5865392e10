// Parts of an object as the real server holds them: some answers print them so, with every field of the server's own
// types, in their order, under the names of Go.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { builtinDefinition } from '../../../schema';
import { GO_INTERNAL } from '../recorded/go-internal.table';
import { goText, type GoValue } from './go-text';
import { inGoOrder } from './published-order';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const POD_SPEC = 'core.PodSpec';
/** The server keeps these fields of a pod in its security context. */
const POD_SECURITY = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

type Field = readonly [name: string, form: string];

const fieldsByType = new Map<string, readonly Field[]>();

/** The text of a value of an internal type (`core.PodSpec`); `lines`: one for each field, as it is compared. */
export function internalText(type: string, value: JsonValue | undefined, layout: 'compact' | 'lines'): string {
  return goText(internalForm(type, value), layout);
}

/** `type` is a name of the table, or one of its forms. */
export function internalForm(type: string, value: JsonValue | undefined): GoValue {
  const isAbsent = value === undefined || value === null;
  if (type.startsWith('*')) return isAbsent ? null : internalForm(type.slice(1), value);
  if (type.startsWith('[]')) {
    return isJsonArray(value) ? value.map((item) => internalForm(type.slice(2), item)) : null;
  }
  if (type.startsWith('{}')) return isJsonObject(value) ? mapForm(type.slice(2), value) : null;
  switch (type) {
    case 'null':
      return isAbsent ? null : sorted(value);
    case 'string':
      return isAbsent ? '' : value;
    case 'bool':
      return value === true;
    case 'number':
    case 'int-or-string':
      return isAbsent ? 0 : value;
    case 'quantity':
      return isAbsent ? '0' : value;
    default:
      return structForm(type, isJsonObject(value) ? value : {});
  }
}

function mapForm(type: string, value: JsonObject): GoValue {
  const keys = Object.keys(value).sort();
  return new Map(keys.map((key) => [key, internalForm(type, value[key])]));
}

function structForm(type: string, given: JsonObject): GoValue {
  if (type.startsWith('v1.')) return published(type, given);
  const value = type === POD_SPEC ? asPodSpec(given) : given;
  const byName = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
  return new Map(
    fieldsOf(type).flatMap(([name, form]): (readonly [string, GoValue])[] => {
      if (name !== '.') return [[name, internalForm(form, byName.get(name.toLowerCase()))]];
      // Metadata stands in the struct itself.
      const metadata = published(form, isJsonObject(value['metadata']) ? value['metadata'] : {});
      return Object.entries(metadata as Readonly<Record<string, JsonValue>>);
    }),
  );
}

function published(type: string, value: JsonObject): JsonValue {
  return inGoOrder(value, builtinDefinition(META + type.slice('v1.'.length)) ?? {});
}

function asPodSpec(spec: JsonObject): JsonObject {
  const own = isJsonObject(spec['securityContext']) ? spec['securityContext'] : {};
  const moved = POD_SECURITY.flatMap((name) => (spec[name] === undefined ? [] : [[name, spec[name]] as const]));
  return { ...spec, securityContext: { ...own, ...Object.fromEntries(moved) } };
}

function fieldsOf(type: string): readonly Field[] {
  let fields = fieldsByType.get(type);
  if (fields === undefined) {
    const row = GO_INTERNAL[type];
    if (row === undefined) throw new Error(`no internal type ${type}`);
    fields = row.split(' ').map((entry): Field => {
      const colon = entry.indexOf(':');
      return [entry.slice(0, colon), entry.slice(colon + 1)];
    });
    fieldsByType.set(type, fields);
  }
  return fields;
}

/** What is no struct: maps of Go are written in the order of their keys. */
function sorted(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
