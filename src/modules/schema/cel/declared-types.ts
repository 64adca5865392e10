// The types of a schema in CEL, and values of these types. Each object of a schema is a type of its own, so that a rule
// that names an unknown field is found when the CRD is made. Places of which the schema says nothing have no type: rules
// do not see them.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { own } from '../structural/own-keys';
import { entriesAt, isTrue, nodeAt, textAt } from '../structural/crd-schema/nodes';
import { celEquals } from './equality';
import { type CelEnvironment } from './library';

/** A type by its name in CEL, and how JSON becomes a value of it. */
export interface DeclaredType {
  readonly name: string;
  readonly toCel: (value: JsonValue) => unknown;
}

const META: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string' }, generateName: { type: 'string' } },
};
const TEXT: JsonObject = { type: 'string' };

const RESERVED = new Set([
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import'],
  ...['let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while'],
]);
const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** Reserved, but told from a literal or an operator behind a dot. */
const isSelectable = (name: string): boolean => !['true', 'false', 'null', 'in'].includes(name);

/** The names of a field in a rule; none for one that a rule cannot name. */
function celFieldNames(name: string): readonly string[] {
  // The library tells types apart by what every object inherits: a field of such a name is not seen by rules.
  if (name in Object.prototype) return [];
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name)) return [];
  if (!RESERVED.has(name)) return [name.replace(/__|[./-]/g, (found) => ESCAPES[found] ?? found)];
  return isSelectable(name) ? [`__${name}__`, name] : [`__${name}__`];
}

interface DeclaredField {
  readonly celNames: readonly string[];
  readonly type: DeclaredType;
}

/** Declares types in one environment; names are its own. */
export class TypeDeclarations {
  private count = 0;

  constructor(private readonly environment: CelEnvironment) {}

  /** Undefined for a place that rules do not see. */
  declare(node: JsonObject, isResource: boolean): DeclaredType | undefined {
    if (isTrue(node, 'x-kubernetes-int-or-string')) return { name: 'dyn', toCel: intOrString };
    switch (textAt(node, 'type')) {
      case 'string':
        return this.declareText(textAt(node, 'format'));
      case 'boolean':
        return { name: 'bool', toCel: same };
      case 'integer':
        return { name: 'int', toCel: (value) => (typeof value === 'number' ? BigInt(Math.trunc(value)) : value) };
      case 'number':
        return { name: 'double', toCel: (value) => (typeof value === 'bigint' ? Number(value) : value) };
      case 'array':
        return this.declareList(nodeAt(node, 'items'));
      case 'object':
        return this.declareMap(node) ?? this.declareObject(node, isResource);
      default:
        return undefined;
    }
  }

  private declareText(format: string): DeclaredType {
    switch (format) {
      case 'byte':
        return { name: 'bytes', toCel: (value) => (typeof value === 'string' ? bytesOf(value) : value) };
      case 'date':
      case 'date-time':
        return {
          name: 'google.protobuf.Timestamp',
          toCel: (value) => (typeof value === 'string' ? new Date(value) : value),
        };
      case 'duration': {
        const convert = (text: string): unknown => this.environment.evaluate(`duration(${JSON.stringify(text)})`);
        return {
          name: 'google.protobuf.Duration',
          toCel: (value) => (typeof value === 'string' ? convert(value) : value),
        };
      }
      default:
        return { name: 'string', toCel: same };
    }
  }

  private declareList(items: JsonObject | undefined): DeclaredType | undefined {
    const item = items && this.declare(items, isTrue(items, 'x-kubernetes-embedded-resource'));
    if (item === undefined) return undefined;
    return {
      name: `list<${item.name}>`,
      toCel: (value) => (isJsonArray(value) ? value.map((element) => celOrNull(element, item)) : value),
    };
  }

  /** A map of values; undefined for an object with fields. */
  private declareMap(node: JsonObject): DeclaredType | undefined {
    const values = own(node, 'additionalProperties');
    if (!isJsonObject(values)) return undefined;
    const item = this.declare(values, isTrue(values, 'x-kubernetes-embedded-resource'));
    if (item === undefined) return undefined;
    const entriesOf = (map: JsonObject): [string, unknown][] =>
      Object.entries(map).map(([key, value]) => [key, celOrNull(value ?? null, item)]);
    return {
      name: `map<string, ${item.name}>`,
      toCel: (value) => (isJsonObject(value) ? new Map(entriesOf(value)) : value),
    };
  }

  private declareObject(node: JsonObject, isResource: boolean): DeclaredType | undefined {
    if (isJsonObject(own(node, 'additionalProperties'))) return undefined;
    const fields = this.fieldsOf(node, isResource);
    const name = `object${++this.count}`;
    const ctor = class {};
    const declared = Object.fromEntries(
      [...fields.values()].flatMap(({ celNames, type }) => celNames.map((celName) => [celName, type.name])),
    );
    this.environment.registerType(name, { ctor, fields: declared });
    this.environment.registerOperator(`${name} == ${name}`, celEquals);
    const toCel = (value: JsonValue): unknown => {
      if (!isJsonObject(value)) return value;
      const object = new ctor() as Record<string, unknown>;
      for (const [key, { celNames, type }] of fields) {
        const child = own(value, key);
        const converted = child === undefined ? undefined : celOrNull(child, type);
        for (const celName of celNames) if (child !== undefined) object[celName] = converted;
      }
      return object;
    };
    return { name, toCel };
  }

  private fieldsOf(node: JsonObject, isResource: boolean): ReadonlyMap<string, DeclaredField> {
    const nodes = new Map(entriesAt(node, 'properties'));
    if (isResource) {
      nodes.set('apiVersion', TEXT).set('kind', TEXT).set('metadata', META);
    }
    const fields = new Map<string, DeclaredField>();
    for (const [name, child] of nodes) {
      const type = this.declare(child, isTrue(child, 'x-kubernetes-embedded-resource'));
      if (type !== undefined) fields.set(name, { celNames: celFieldNames(name), type });
    }
    return fields;
  }
}

function same(value: JsonValue): unknown {
  return value;
}

function celOrNull(value: JsonValue, type: DeclaredType): unknown {
  return value === null ? null : type.toCel(value);
}

function intOrString(value: JsonValue): unknown {
  return typeof value === 'number' ? BigInt(Math.trunc(value)) : value;
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
