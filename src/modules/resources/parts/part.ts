// A part is a piece of an object (env, probes, volumes): a field description, and a compile step that gives a function
// from data to JSON. A part that can't change with the data is built once.
import { type JsonValue, type SourceText } from '../../common';
import { type CompiledTemplate, type ResultForm } from '../../expression';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { compileValue, type CompiledValue, QUANTITY, type Reader, valueError } from './values';

/** Undefined leaves the key out of the object. */
export type Part<T extends JsonValue = JsonValue> = (scope: BuildScope) => T | undefined;

/** A text that is left out when it renders empty. `form`: what it has to be, as far as that is known at load. */
export function textPart(
  source: SourceText | undefined,
  compiler: EntryCompiler,
  form?: ResultForm,
): Part<string> | undefined {
  if (source === undefined) return undefined;
  const template = formedText(source, compiler, form);
  return (scope) => {
    const rendered = template.resolve(scope.data, scope.evaluation);
    return rendered === '' ? undefined : rendered;
  };
}

/** A text whose literal is held to the form at load, and whose template to its type. */
function formedText(source: SourceText, compiler: EntryCompiler, form: ResultForm | undefined): CompiledTemplate {
  const template = compiler.text(source, form);
  const problem = template.isStatic && source.text !== '' ? form?.problem(source.text) : undefined;
  if (problem !== undefined) compiler.report(source.node, problem);
  return template;
}

/** A text that must not render empty. `form`: as for textPart. */
export function requiredTextPart(
  source: SourceText,
  compiler: EntryCompiler,
  what: string,
  form?: ResultForm,
): Part<string> {
  const template = formedText(source, compiler, form);
  if (template.isStatic && source.text === '') compiler.report(source.node, `${what} is empty`);
  return (scope) => {
    const rendered = template.resolve(scope.data, scope.evaluation);
    if (rendered === '') throw valueError(`${what} is empty: "${source.text}" rendered to nothing`, source);
    return rendered;
  };
}

export function valuePart<T extends JsonValue>(
  source: SourceText | undefined,
  compiler: EntryCompiler,
  reader: Reader<T>,
): Part<T> | undefined {
  if (source === undefined) return undefined;
  const value: CompiledValue<T> = compileValue(source, compiler.text(source, reader), reader, compiler.problems);
  return (scope) => value.get(scope.data, scope.evaluation);
}

/** A value that must not render empty. */
export function requiredValuePart<T extends JsonValue>(
  source: SourceText | undefined,
  compiler: EntryCompiler,
  reader: Reader<T>,
  what: string,
): Part<T> | undefined {
  if (source === undefined) return undefined;
  if (source.text === '') compiler.report(source.node, `${what} is empty`);
  const value = valuePart(source, compiler, reader);
  return (scope) => {
    const found = value?.(scope);
    if (found === undefined) throw valueError(`${what} is empty: "${source.text}" rendered to nothing`, source);
    return found;
  };
}

/** Values are templates, keys are not. */
export function mapPart(
  source: ReadonlyMap<string, SourceText> | undefined,
  compiler: EntryCompiler,
  form?: ResultForm,
): Part<Readonly<Record<string, string>>> | undefined {
  if (source === undefined || source.size === 0) return undefined;
  const values = [...source].map(([key, value]) => ({ key, template: compiler.text(value, form) }));
  return (scope) => {
    const result: Record<string, string> = {};
    for (const { key, template } of values) result[key] = template.resolve(scope.data, scope.evaluation);
    return result;
  };
}

/** Amounts by resource; one that renders empty is left out, and nothing is left of a map without any. */
export function quantitiesPart(
  source: ReadonlyMap<string, SourceText> | undefined,
  compiler: EntryCompiler,
): Part<Readonly<Record<string, string>>> {
  const items = [...(source ?? [])].map(([key, value]) => ({ key, part: valuePart(value, compiler, QUANTITY) }));
  return (scope) => {
    const built: Record<string, string> = {};
    for (const { key, part } of items) {
      const amount = part?.(scope);
      if (amount !== undefined) built[key] = amount;
    }
    return Object.keys(built).length > 0 ? built : undefined;
  };
}

/** Adds a key unless the value is undefined. */
export function put(target: { [key: string]: JsonValue | undefined }, key: string, value: JsonValue | undefined): void {
  if (value !== undefined) target[key] = value;
}
