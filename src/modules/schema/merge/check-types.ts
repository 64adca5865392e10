// Whether a value fits its schema as far as merging needs it: the server refuses an applied configuration that does not.
import { isJsonArray, isJsonObject, isNumber, type JsonArray, type JsonValue } from '../../common';
import { goPrinted, goSyntax, goType } from './go-text';
import { itemElement } from './list-items';
import { below, TypeMismatch, type TypeProblem } from './merge.errors';
import { fieldElement, indexElement, printElement } from './path-element';
import { facetOf, type ListShape, type MapShape, type ScalarType, type Shape } from './shape';

export interface TypeCheck {
  /** Live objects may hold duplicates in sets and keyed lists, an applied configuration may not. */
  readonly allowsDuplicates?: boolean;
}

/** @throws TypeMismatch with every problem. */
export function checkTypes(value: JsonValue, shape: Shape, check: TypeCheck = {}): void {
  const problems = problemsOf(value, shape, check);
  if (problems.length > 0) throw new TypeMismatch(problems);
}

function problemsOf(value: JsonValue, shape: Shape, check: TypeCheck): readonly TypeProblem[] {
  switch (facetOf(shape, value)) {
    case 'map':
      return mapProblems(value, shape.map as MapShape, check);
    case 'list':
      return listProblems(value, shape.list as ListShape, check);
    case 'scalar':
      return scalarProblems(value, shape.scalar as ScalarType);
    default:
      return [{ path: '', message: 'schema error: invalid atom: inlined' }];
  }
}

function scalarProblems(value: JsonValue, type: ScalarType): readonly TypeProblem[] {
  if (value === null) return [];
  const problem = (message: string): readonly TypeProblem[] => [{ path: '', message }];
  const isScalar = typeof value !== 'object';
  switch (type) {
    case 'numeric':
      return isNumber(value) ? [] : problem(`expected numeric (int or float), got ${goType(value)}`);
    case 'string':
      return typeof value === 'string'
        ? []
        : problem(`expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : problem(`expected boolean, got &{${goPrinted(value)}}`);
    case 'untyped':
      return isScalar ? [] : problem(`expected any scalar, got &{${goPrinted(value)}}`);
  }
}

function mapProblems(value: JsonValue, shape: MapShape, check: TypeCheck): readonly TypeProblem[] {
  if (value === null) return [];
  if (!isJsonObject(value)) return [{ path: '', message: `expected map, got &{${goPrinted(value)}}` }];
  const found: TypeProblem[] = [];
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const field = shape.field(key);
    const element = fieldElement(key);
    if (field === undefined) {
      // The server looks no further in this map.
      found.push({ path: printElement(element), message: 'field not declared in schema' });
      break;
    }
    found.push(...below(element, problemsOf(item, field, check)));
  }
  return found;
}

function listProblems(value: JsonValue, shape: ListShape, check: TypeCheck): readonly TypeProblem[] {
  if (value === null) return [];
  if (!isJsonArray(value)) return [{ path: '', message: `expected list, got &{${goPrinted(value)}}` }];
  return shape.isAtomic ? atomicItems(value, shape, check) : keyedItems(value, shape, check);
}

function atomicItems(list: JsonArray, shape: ListShape, check: TypeCheck): readonly TypeProblem[] {
  return list.flatMap((item, index) => below(indexElement(index), problemsOf(item, shape.items, check)));
}

function keyedItems(list: JsonArray, shape: ListShape, check: TypeCheck): readonly TypeProblem[] {
  const found: TypeProblem[] = [];
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    try {
      const element = itemElement(shape, item);
      if (seen.has(element.id) && check.allowsDuplicates !== true) {
        found.push({ path: '', message: `duplicate entries for key ${printElement(element)}` });
      }
      seen.add(element.id);
      found.push(...below(element, problemsOf(item, shape.items, check)));
    } catch (error) {
      if (!(error instanceof TypeMismatch)) throw error;
      found.push({ path: '', message: `element ${index}: ${error.message}` });
      return found;
    }
  }
  return found;
}
