// `ork template`: the Katalog as a run would load it, everything expanded: as a tree, as a graph of what waits for what,
// or as a file.
import pc from 'picocolors';
import { API_VERSION, didYouMean, formatDuration, gvkString, type JsonObject, jsonText } from '../../modules/common';
import { type CompiledCrd, type CompiledKatalog, toYaml } from '../../modules/katalog';
import { compileHere } from '../katalog/compile-here';
import { autoscaleText, deletedEntries, modeOf, statusPaths } from '../katalog/box-facts';
import { crdDetails } from '../katalog/crd-details';
import { dependencyGraph, dependencyText } from '../katalog/dependency-graph';
import { entryCounts } from '../katalog/entry-counts';
import { count, SYMBOL } from '../render/symbols';

export interface TemplateOptions {
  /** Undefined: for people. */
  readonly format?: 'yaml' | 'json' | undefined;
  /** Only the order of the start and what waits for what. */
  readonly isGraph?: boolean;
  /** Only this CRD, in full. */
  readonly crd?: string | undefined;
  /** Every CRD in full. */
  readonly isVerbose?: boolean;
}

/** The text to print. Rejects with KatalogInvalidError, and for a CRD that is not there, with the nearest name. */
export async function template(
  files: readonly string[],
  directory: string,
  { format, isGraph = false, crd: name, isVerbose = false }: TemplateOptions = {},
): Promise<string> {
  const { katalog } = await compileHere(files, directory);
  const only = name === undefined ? undefined : crdNamed(katalog, name);
  if (format !== undefined) return printed(only?.definition ?? katalog.expanded, format);
  if (isGraph) return `${dependencyGraph(katalog.crds).join('\n')}\n`;
  if (only !== undefined) return `${crdDetails(only, katalog.crds).join('\n')}\n`;
  const details = (): readonly string[] => katalog.crds.flatMap((crd) => [...crdDetails(crd, katalog.crds), '']);
  const lines = [...head(katalog), ...(isVerbose ? details() : tree(katalog.crds)), `${SYMBOL.ok} Katalog is valid`];
  return `${lines.join('\n')}\n`;
}

function crdNamed({ crds }: CompiledKatalog, name: string): CompiledCrd {
  const found = crds.find((crd) => crd.name === name);
  if (found !== undefined) return found;
  const names = crds.map((crd) => crd.name);
  throw new Error(`no CRD "${name}"${didYouMean(name, names)}; there are: ${names.join(', ')}`);
}

/** Whole numbers beyond 2^53 keep their digits. */
function printed(value: JsonObject, format: 'yaml' | 'json'): string {
  if (format === 'yaml') return toYaml(value);
  return `${jsonText(value, 2)}\n`;
}

function head({ name, metadata, crds }: CompiledKatalog): readonly string[] {
  const version = metadata.version === undefined ? '' : ` (${metadata.version})`;
  const order = crds.map((crd) => crd.name).join(' → ');
  return [
    `Katalog: ${pc.bold(name)}${version}  ${API_VERSION}`,
    `${count(crds.length, 'CRD')} — startup order: ${order}`,
    '',
  ];
}

function tree(crds: readonly CompiledCrd[]): readonly string[] {
  return crds.flatMap((crd, index) => {
    const isLast = index === crds.length - 1;
    const facts = factsOf(crd).map((fact) => `${isLast ? ' ' : '│'}    ${fact}`);
    return [`${isLast ? '└─' : '├─'} ${pc.bold(crd.name)}`, ...facts];
  });
}

function factsOf(crd: CompiledCrd): readonly string[] {
  const { workers, resyncMs, maxQueueDepth, dependsOn, onCreate, onReconcile } = crd;
  const facts: readonly (readonly [name: string, text: string])[] = [
    ['workers', String(workers.value)],
    ['resync', formatDuration(resyncMs.value)],
    ['queue', maxQueueDepth.value === 0 ? '' : String(maxQueueDepth.value)],
    ['dependsOn', dependsOn.map(dependencyText).join(', ')],
    ['mode', modeOf(crd) === 'default' ? '' : modeOf(crd)],
    ['onCreate', entryCounts(onCreate.entries)],
    ['onReconcile', entryCounts(onReconcile.entries)],
    ['onDelete', entryCounts(deletedEntries(crd))],
    ['status', statusPaths(crd).join(', ')],
    ['autoscale', autoscaleText(crd)],
  ];
  return [gvkString(crd.gvk), ...facts.filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${text}`)];
}
