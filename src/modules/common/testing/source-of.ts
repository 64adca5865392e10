// Source trees without a file, for specs of decoders: every value stands where its path says, line 1.
import { type JsonValue } from '../json';
import { type MapEntry, type SourceNode } from '../source';

/** The node that a YAML file with this value would give; columns count characters of the path. */
export function sourceOf(value: JsonValue, path = ''): SourceNode {
  const position = { file: 'f.yaml', line: 1, column: path.length + 1 };
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue, index) => sourceOf(item, `${path}[${index}]`));
    return { kind: 'list', position, path, items };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, MapEntry>();
    for (const [key, item] of Object.entries(value)) {
      const below = path === '' ? key : `${path}.${key}`;
      if (item !== undefined) {
        entries.set(key, { key, keyPosition: position, value: sourceOf(item, below) });
      }
    }
    return { kind: 'map', position, path, entries };
  }
  const text = value === null ? '' : String(value);
  const style = typeof value === 'string' ? 'quoted' : 'plain';
  const locate = (offset: number): typeof position => ({ ...position, column: position.column + offset });
  return { kind: 'scalar', position, path, value: value, text, style, locate };
}
