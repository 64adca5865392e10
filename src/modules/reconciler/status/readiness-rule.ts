import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { type KubeObject } from '../../kube';

/** Why an object of a kind is not Current yet, in words that follow its name; undefined when it is. */
export type ReadinessRule = (object: KubeObject, status: JsonObject) => string | undefined;

export function conditionOf(status: JsonObject, type: string): JsonObject | undefined {
  const { conditions } = status;
  if (!Array.isArray(conditions)) return undefined;
  return conditions.find((item): item is JsonObject => isJsonObject(item) && item['type'] === type);
}

export function count(value: JsonValue | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
