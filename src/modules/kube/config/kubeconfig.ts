// Finding, reading and merging kubeconfig files, as kubectl does.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { didYouMean, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { type ClusterConfig, type ClusterSelection } from './cluster-config';
import { configError } from './config-error';

export interface FoundFiles {
  readonly files: readonly string[];
  readonly source: ClusterConfig['source'];
}

export interface Named {
  readonly value: JsonObject;
  /** Relative paths count from the folder of the file. */
  readonly folder: string;
}

export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, Named>;
  readonly users: ReadonlyMap<string, Named>;
  readonly contexts: ReadonlyMap<string, Named>;
  readonly currentContext: string | undefined;
}

/** Undefined: there is none, neither named nor at the usual place. */
export function findKubeconfig(
  selection: ClusterSelection,
  environment: Readonly<Record<string, string | undefined>>,
): FoundFiles | undefined {
  if (selection.kubeconfig !== undefined) {
    const file = resolve(selection.kubeconfig);
    if (!existsSync(file)) throw configError(`kubeconfig ${file}: no such file`);
    return { files: [file], source: 'flag' };
  }
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (listed.length > 0) {
    const files = listed.map((path) => resolve(path)).filter((path) => existsSync(path));
    // Falling back to ~/.kube/config after a slip would touch a cluster that nobody named.
    if (files.length === 0) throw configError(`KUBECONFIG names ${listed.join(', ')}: no such file`);
    return { files, source: 'KUBECONFIG' };
  }
  const home = join(environment['HOME'] ?? homedir(), '.kube', 'config');
  return existsSync(home) ? { files: [home], source: 'home' } : undefined;
}

/** As kubectl merges several files: the first definition of a name wins, the first current-context too. */
export function readKubeconfig(files: readonly string[]): Kubeconfig {
  const merged = {
    clusters: new Map<string, Named>(),
    users: new Map<string, Named>(),
    contexts: new Map<string, Named>(),
  };
  let currentContext: string | undefined;
  for (const file of files) {
    const config = readFile(file);
    const folder = dirname(file);
    collect(config['clusters'], 'cluster', folder, merged.clusters);
    collect(config['users'], 'user', folder, merged.users);
    collect(config['contexts'], 'context', folder, merged.contexts);
    currentContext ??= text(config['current-context']);
  }
  return { ...merged, currentContext };
}

/** The entry of that name; the error names the nearest one. */
export function named(map: ReadonlyMap<string, Named>, name: string, what: string): Named {
  const found = map.get(name);
  if (found !== undefined) return found;
  const known = map.size === 0 ? 'there are none' : `there are ${[...map.keys()].join(', ')}`;
  throw configError(`${what} "${name}"${didYouMean(name, map.keys())}; ${known}`);
}

/** A text that is not empty. */
export function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readFile(file: string): JsonObject {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw configError(`kubeconfig ${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  let config: unknown;
  try {
    config = parse(content);
  } catch (error) {
    // The parser's text quotes the line, and the line may hold a token: only the place is told.
    const at = (error as { readonly linePos?: readonly { readonly line: number; readonly col: number }[] })
      .linePos?.[0];
    throw configError(`kubeconfig ${at === undefined ? file : `${file}:${at.line}:${at.col}`}: not YAML`);
  }
  if (!isJsonObject(config)) throw configError(`kubeconfig ${file}: not a kubeconfig`);
  return config;
}

function collect(list: JsonValue | undefined, key: string, folder: string, into: Map<string, Named>): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    if (!isJsonObject(item) || typeof item['name'] !== 'string') continue;
    const value = item[key];
    if (!into.has(item['name']) && isJsonObject(value)) into.set(item['name'], { value, folder });
  }
}
