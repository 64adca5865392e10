// A document as JSON, read by its description: the source text of a scalar counts where a text is wanted. `version: 1.20`
// is "1.20" there, and 1.2 only where any value may stand.
import { dirname, relative, sep } from 'node:path';
import {
  type JsonObject,
  type JsonValue,
  type MapNode,
  type MutableJsonObject,
  type ScalarNode,
  setOwn,
  type SourceNode,
} from '../../common';
import { type Field, type FieldShape, formOf, type ScalarShape } from '../../schema';
import { isRemote, locationFrom, splitInside } from '../source/location';
import { toJson } from '../source/to-json';
import { filePath, modulePath } from './file-path';

/** What several trees share is made once, and shared by what comes of them. */
export class TypedJson {
  private readonly made = new Map<SourceNode, { readonly field: Field<unknown>; readonly value: JsonValue }>();

  /** Relative paths of files are written as seen from `folder`, whichever file they stand in. */
  constructor(private readonly folder: string) {}

  object(node: MapNode, field: Field<unknown>): JsonObject {
    return this.value(node, field) as JsonObject;
  }

  private value(node: SourceNode, field: Field<unknown>): JsonValue {
    if (node.kind === 'scalar') return this.scalar(node, field);
    const known = this.made.get(node);
    if (known?.field === field) return known.value;
    const shape = formOf(field, node)?.shape;
    const value = node.kind === 'map' ? this.map(node, shape) : node.items.map((item) => this.below(item, shape));
    this.made.set(node, { field, value });
    return value;
  }

  private map(node: MapNode, shape: FieldShape | undefined): JsonObject {
    const object: MutableJsonObject = {};
    for (const { key, value } of node.entries.values()) setOwn(object, key, this.below(value, shape, key));
    return object;
  }

  private below(node: SourceNode, shape: FieldShape | undefined, key?: string): JsonValue {
    const field = fieldBelow(shape, key);
    return field === undefined ? toJson(node) : this.value(node, field);
  }

  private scalar(node: ScalarNode, field: Field<unknown>): JsonValue {
    if (node.value === null) return null;
    if (field === filePath || (field === modulePath && /^\.\.?\//.test(node.text))) return this.path(node);
    const shape = formOf(field, node)?.shape;
    return shape?.kind === 'scalar' ? scalarOf(node, shape) : toJson(node);
  }

  /** What stands in the files of the folder itself, and in packages, keeps its spelling. */
  private path({ text, position: { file } }: ScalarNode): string {
    if (isRemote(text) || splitInside(file) !== undefined || dirname(file) === this.folder) return text;
    const location = locationFrom(file, text);
    if (location === undefined || isRemote(location)) return location ?? text;
    const path = relative(this.folder, location).split(sep).join('/');
    return path.startsWith('../') ? path : `./${path}`;
  }
}

/** Of the value under a key of a map, or of an item of a list. */
function fieldBelow(shape: FieldShape | undefined, key: string | undefined): Field<unknown> | undefined {
  if (key === undefined) return shape?.kind === 'list' ? shape.item : undefined;
  if (shape?.kind === 'map') return shape.value;
  if (shape?.kind !== 'object' || !Object.hasOwn(shape.properties, key)) return undefined;
  return shape.properties[key]?.field;
}

/** As the decoders read it: `"3"` is a number where one is wanted. What fits no number is another form of the field. */
function scalarOf({ text }: ScalarNode, { accepts }: ScalarShape): JsonValue {
  switch (accepts) {
    case 'text':
      return text;
    case 'words':
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'integer':
      return /^[+-]?[0-9]+$/.test(text) ? Number(text) : text;
  }
}
