// Content that the Katalog takes as it is: any map, list or value, with templates anywhere in it. What the schema of the
// kind says, where one is known, is checked at load. A template that renders empty leaves its key or item out.
import {
  didYouMean,
  type JsonValue,
  type ListNode,
  type MapNode,
  type MutableJsonObject,
  type ScalarNode,
  setOwn,
  type SourceNode,
  valueAt,
} from '../../common';
import { type TypeSchema } from '../../schema';
import { type EntryCompiler } from './common-entry';
import { formOf, guessed, readerOf, takesLiteral, wordsOf } from './free-value';
import { type Part } from './part';
import { type SchemaHints } from './schema-hints';
import { valueError } from './values';

/** `fixed`: no data changes it, so that it is made once. */
type Tree = { readonly fixed: JsonValue | undefined } | { readonly part: Part };

interface Place {
  readonly node: SourceNode;
  readonly schema: TypeSchema | undefined;
  /** In the object: `spec.rules[].host`. */
  readonly path: string;
}

/** A template that is nothing but a path gives the value itself: a text of digits stays a text. */
const PATH = /^\{\{-?\s*\.([A-Za-z_][\w.]*)\s*-?\}\}$/;

export class FreeForm {
  constructor(
    private readonly compiler: EntryCompiler,
    private readonly hints: SchemaHints,
  ) {}

  /** The part of an object at a path; `schema` is that of the place. */
  compile(node: SourceNode, schema: TypeSchema | undefined, path: string): Part {
    const tree = this.tree({ node, schema, path });
    return 'part' in tree ? tree.part : () => tree.fixed;
  }

  private tree(place: Place): Tree {
    const { node, schema, path } = place;
    this.hints.add(path, schema);
    if (node.kind === 'scalar') return this.scalar(node, schema, path);
    if (!takesKind(node, schema)) {
      const found = node.kind === 'map' ? 'a map' : 'a list';
      this.compiler.report(node, `${path}: expected ${wordsOf(schema) ?? 'another value'}, found ${found}`);
      return { fixed: undefined };
    }
    return node.kind === 'map' ? this.map(node, schema, path) : this.list(node, schema, path);
  }

  private map(node: MapNode, schema: TypeSchema | undefined, path: string): Tree {
    const parts: (readonly [string, Tree])[] = [];
    for (const { key, keyPosition: position, value } of node.entries.values()) {
      const at = { position, path: `${node.path}.${key}` };
      if (key.includes('{{')) this.compiler.report(at, `keys are no templates: "${key}"`);
      const inner = fieldOf(schema, key);
      if (inner === UNKNOWN_FIELD) {
        this.compiler.report(
          at,
          `${path} has no field "${key}"${didYouMean(key, [...(schema?.properties?.keys() ?? [])])}`,
        );
        continue;
      }
      parts.push([key, this.tree({ node: value, schema: inner.schema, path: `${path}.${inner.step}` })]);
    }
    return joined(
      parts.map(([, tree]) => tree),
      (values) => {
        const built: MutableJsonObject = {};
        parts.forEach(([key], index) => {
          const value = values[index];
          if (value !== undefined) setOwn(built, key, value);
        });
        return built;
      },
    );
  }

  private list(node: ListNode, schema: TypeSchema | undefined, path: string): Tree {
    const items = node.items.map((item) => this.tree({ node: item, schema: schema?.items, path: `${path}[]` }));
    return joined(items, (values) => values.filter((value) => value !== undefined));
  }

  private scalar(node: ScalarNode, schema: TypeSchema | undefined, path: string): Tree {
    if (node.value === null) return { fixed: undefined };
    if (!node.text.includes('{{')) {
      if (!takesLiteral(node, schema)) {
        const quote = schema?.type === 'string' && typeof node.value !== 'string' ? ': write it in quotes' : '';
        this.compiler.report(node, `${path}: expected ${wordsOf(schema) ?? ''}, found ${node.text}${quote}`);
      }
      return { fixed: node.value };
    }
    const template = this.compiler.text({ text: node.text, node }, formOf(schema));
    const reader = readerOf(schema);
    const isWhole = schema?.type === undefined || schema.type === 'object' || schema.type === 'array';
    if (isWhole) this.hints.addAll(path, schema);
    const data = isWhole && schema?.format === undefined ? PATH.exec(node.text.trim())?.[1]?.split('.') : undefined;
    return {
      part: (scope) => {
        const text = template.resolve(scope.data, scope.evaluation);
        if (text === '') return undefined;
        const value = data === undefined ? undefined : valueAt(scope.data, data);
        if (value !== undefined && value !== null && isOf(value, schema)) return value;
        if (reader === undefined) return guessed(text);
        const result = reader.read(text);
        if ('value' in result) return result.value;
        throw valueError(`${path}: ${result.problem}`, { node });
      },
    };
  }
}

function joined(trees: readonly Tree[], join: (values: readonly (JsonValue | undefined)[]) => JsonValue): Tree {
  if (trees.every((tree) => 'fixed' in tree)) return { fixed: join(trees.map((tree) => tree.fixed)) };
  const parts = trees.map((tree): Part => ('part' in tree ? tree.part : () => tree.fixed));
  return { part: (scope) => join(parts.map((part) => part(scope))) };
}

function takesKind(node: MapNode | ListNode, schema: TypeSchema | undefined): boolean {
  if (schema?.type === undefined) return schema?.format === undefined;
  return schema.type === (node.kind === 'map' ? 'object' : 'array');
}

function isOf(value: JsonValue, schema: TypeSchema | undefined): boolean {
  if (schema?.type === undefined) return true;
  return typeof value === 'object' && Array.isArray(value) === (schema.type === 'array');
}

const UNKNOWN_FIELD = 'unknown';

/** What stands under a key; `step`: the key in the path of a hint. */
function fieldOf(
  schema: TypeSchema | undefined,
  key: string,
): { readonly schema: TypeSchema | undefined; readonly step: string } | typeof UNKNOWN_FIELD {
  const field = schema?.properties?.get(key);
  if (field !== undefined) return { schema: field, step: key };
  if (schema?.additionalProperties !== undefined) return { schema: schema.additionalProperties, step: '*' };
  const isOpen = schema?.type === undefined || schema.keepsUnknown === true || schema.isEmbeddedResource === true;
  // Without a schema of its own there is nothing to say about the place: the path is for messages.
  return isOpen ? { schema: undefined, step: key } : UNKNOWN_FIELD;
}
