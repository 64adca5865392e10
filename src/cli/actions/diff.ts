// `ork diff a b`: what changes between two Katalogs, after everything is expanded; or between their texts.
import pc from 'picocolors';
import { isJsonArray, isJsonObject, type JsonObject, jsonEquals, jsonText, type JsonValue } from '../../modules/common';
import { readTextFile, resolveKatalogFiles } from '../../modules/katalog';
import { compileHere } from '../katalog/compile-here';
import { shortPath } from '../render/short-path';
import { unifiedDiff } from '../render/unified-diff';

export interface DiffOptions {
  /** The files line by line, as they are written. */
  readonly isText: boolean;
}

export interface DiffResult {
  readonly text: string;
  readonly isDifferent: boolean;
}

/** Rejects with KatalogInvalidError when one of them is wrong, or with a UserError when it can't be read. */
export async function diff(
  before: string,
  after: string,
  directory: string,
  { isText }: DiffOptions,
): Promise<DiffResult> {
  if (isText) {
    const text = textDiff(before, after, directory);
    return { text, isDifferent: text !== '' };
  }
  const a = await compileHere([before], directory);
  const b = await compileHere([after], directory);
  const lines = compareKatalogs(a.katalog.expanded, b.katalog.expanded);
  const text = lines.length === 0 ? 'no differences\n' : `${lines.join('\n')}\n`;
  return { text, isDifferent: lines.length > 0 };
}

function textDiff(before: string, after: string, directory: string): string {
  const [a = '', b = ''] = [before, after].flatMap((file) => resolveKatalogFiles([file], directory));
  return unifiedDiff(readTextFile(a), readTextFile(b), [shortPath(a, directory), shortPath(b, directory)]);
}

function compareKatalogs(before: JsonObject, after: JsonObject): readonly string[] {
  const { spec: beforeSpec, ...beforeRest } = before;
  const { spec: afterSpec, ...afterRest } = after;
  const { crds: beforeCrds, ...beforeOther } = objectOf(beforeSpec);
  const { crds: afterCrds, ...afterOther } = objectOf(afterSpec);
  const own = changes({ ...beforeRest, spec: beforeOther }, { ...afterRest, spec: afterOther }, '');
  return [...block('Katalog', own), ...compareCrds(objectOf(beforeCrds), objectOf(afterCrds))];
}

function compareCrds(before: JsonObject, after: JsonObject): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [a, b] = [before[name], after[name]];
    if (a === undefined) return [pc.green(`+ ${name}`)];
    if (b === undefined) return [pc.red(`- ${name}`)];
    return block(name, changes(a, b, ''));
  });
}

function block(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [pc.yellow(`~ ${name}`), ...lines.map((line) => `    ${line}`)];
}

/** The smallest parts that differ, each with its path. */
function changes(before: JsonValue | undefined, after: JsonValue | undefined, path: string): readonly string[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [pc.green(`+ ${path}: ${short(after)}`)];
  if (after === undefined) return [pc.red(`- ${path}: ${short(before)}`)];
  if (jsonEquals(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changes(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  if (isJsonArray(before) && isJsonArray(after)) return listChanges(before, after, path);
  return [pc.yellow(`~ ${path}: ${short(before)} → ${short(after)}`)];
}

/** Entries are the same when they have the same name: one that was put in before them changes none of them. */
function listChanges(before: readonly JsonValue[], after: readonly JsonValue[], path: string): readonly string[] {
  const a = named(before);
  const b = named(after);
  if (a === undefined || b === undefined) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => changes(before[index], after[index], `${path}[${index}]`)).flat();
  }
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names.flatMap((name) => changes(a.get(name), b.get(name), `${path}[${name}]`));
}

/** Undefined when an item has no name, or two have the same. */
function named(items: readonly JsonValue[]): ReadonlyMap<string, JsonValue> | undefined {
  const byName = new Map<string, JsonValue>();
  for (const item of items) {
    const { id, name } = objectOf(item);
    const key = id ?? name;
    if (typeof key !== 'string') return undefined;
    byName.set(key, item);
  }
  return byName.size === items.length ? byName : undefined;
}

const WIDTH = 100;

function short(value: JsonValue | undefined): string {
  const text = jsonText(value ?? null);
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
