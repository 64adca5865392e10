// Both selectors of a request, compiled for one resource.
import { isJsonObject, type JsonObject, scalarText, valueAt } from '../../common';
import { type ResourceDefinition, type ServedVersion } from '../registry';
import { badRequest } from '../status';
import { type FieldTerm, parseFieldSelector } from './field-selector';
import { parseLabelSelector } from './label-selector';

export interface Selection {
  /** Undefined when everything is selected. */
  readonly matches: ((object: JsonObject) => boolean) | undefined;
  /** `metadata.name=x`: at most one object in a namespace. */
  readonly name: string | undefined;
  /** `metadata.namespace=x`. */
  readonly namespace: string | undefined;
}

export interface SelectorTexts {
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** Throws a 400. */
export function compileSelection(
  { labelSelector = '', fieldSelector = '' }: SelectorTexts,
  definition: ResourceDefinition,
  version: ServedVersion,
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const terms = parseFieldSelector(fieldSelector);
  const readers = terms.map((term) => readerOf(term.field, definition, version));
  const matches =
    labels === undefined && terms.length === 0
      ? undefined
      : (object: JsonObject): boolean =>
          (labels === undefined || labels(labelsOf(object))) &&
          terms.every(({ value, isEqual }, index) => (readers[index]?.(object) === value) === isEqual);
  return { matches, name: exactly(terms, 'metadata.name'), namespace: exactly(terms, 'metadata.namespace') };
}

function exactly(terms: readonly FieldTerm[], field: string): string | undefined {
  return terms.find((term) => term.field === field && term.isEqual)?.value;
}

function labelsOf(object: JsonObject): JsonObject | undefined {
  const labels = valueAt(object, ['metadata', 'labels']);
  return isJsonObject(labels) ? labels : undefined;
}

function readerOf(
  field: string,
  definition: ResourceDefinition,
  version: ServedVersion,
): (object: JsonObject) => string {
  if (field === 'metadata.name' || (field === 'metadata.namespace' && hasNamespaceField(definition))) {
    const path = field.split('.');
    return (object) => scalarText(valueAt(object, path));
  }
  const own = definition.strategy.selectableFields;
  if (own !== undefined && Object.hasOwn(own, field)) return own[field] as (object: JsonObject) => string;
  if (version.selectableFields?.includes(field) === true) {
    const path = field.replace(/^\./, '').split('.');
    return (object) => scalarText(valueAt(object, path));
  }
  throw badRequest(
    definition.isCustom || own !== undefined
      ? `field label not supported: ${field}`
      : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}

/** Custom resources of the cluster have none; built-in kinds all take it. */
function hasNamespaceField(definition: ResourceDefinition): boolean {
  return definition.namespaced || !definition.isCustom;
}
