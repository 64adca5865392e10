import { stringify } from 'yaml';
import { type JsonObject } from '../../common';

/** A document as YAML, keys in their order; no value is folded, and none is written as an alias of another. */
export function toYaml(document: JsonObject): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
