// What is written, beside what its description says of it: rules that hold wherever a type of field stands (every
// template compiles, every condition names known teams) go through a document so, and no place can be forgotten.
import { type SourceNode } from '../../common';
import { type Field, type Property } from './field.types';

/** One field in a document. */
export interface Visited {
  readonly field: Field<unknown>;
  readonly node: SourceNode;
  /** Path in the description: `spec.crds.*.dependsOn[]`. */
  readonly place: string;
  /** What the field is a property of, when it is one of an object. */
  readonly property?: Property<unknown>;
}

/** Called for every field from the outside in; `false` leaves out what is inside. */
export type Visit = (visited: Visited) => boolean;

/** Goes through a document (or a part of it) along the description of its fields. What does not fit is left out. */
export function walkFields(visited: Visited, visit: Visit): void {
  const { field, node, place } = visited;
  if (isNull(node) || !visit(visited)) return;
  const { shape } = field;
  switch (shape?.kind) {
    case 'object':
      if (node.kind !== 'map') return;
      for (const { key, value } of node.entries.values()) {
        const property = Object.hasOwn(shape.properties, key) ? shape.properties[key] : undefined;
        const inner = place === '' ? key : `${place}.${key}`;
        if (property !== undefined) walkFields({ field: property.field, node: value, place: inner, property }, visit);
      }
      return;
    case 'list':
      if (node.kind !== 'list') return;
      for (const item of node.items) walkFields({ field: shape.item, node: item, place: `${place}[]` }, visit);
      return;
    case 'map':
      if (node.kind !== 'map') return;
      for (const { value } of node.entries.values()) {
        walkFields({ field: shape.value, node: value, place: `${place}.*` }, visit);
      }
      return;
    case 'either': {
      const chosen = formOf(field, node);
      if (chosen !== undefined) walkFields({ ...visited, field: chosen }, visit);
      return;
    }
    default:
  }
}

/** The form in which a node is written; the field itself when it has one form only. */
export function formOf(field: Field<unknown>, node: SourceNode): Field<unknown> | undefined {
  if (field.shape?.kind !== 'either') return field;
  const chosen = field.shape.alternatives.find((one) => fits(one, node));
  return chosen === undefined ? undefined : formOf(chosen, node);
}

function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** Whether a form is written as a node of this kind. */
function fits({ shape }: Field<unknown>, node: SourceNode): boolean {
  switch (shape?.kind) {
    case 'object':
    case 'map':
      return node.kind === 'map';
    case 'list':
      return node.kind === 'list';
    case 'scalar':
      return node.kind === 'scalar';
    case 'either':
      return shape.alternatives.some((one) => fits(one, node));
    default:
      return true;
  }
}
