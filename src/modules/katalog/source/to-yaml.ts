import { stringify } from 'yaml';
import { type JsonObject } from '../../common';

/**
 * A document as YAML, keys in their order; no value is folded, and none is written as an alias of another. A text that
 * YAML 1.2 or 1.1 would read as something else (`1.20`, `010`, `yes`, `2024-01-31`, ``) is quoted.
 */
export function toYaml(document: JsonObject): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}
