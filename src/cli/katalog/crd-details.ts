// Everything about one CRD, for `ork template --crd` and `--verbose`.
import pc from 'picocolors';
import { formatDuration } from '../../modules/common';
import { type CompiledCrd } from '../../modules/katalog';
import { autoscaleText, deletedEntries, modeOf } from './box-facts';
import { dependencyText } from './dependency-graph';

type Entries = CompiledCrd['onReconcile']['entries'];

/** Sections without content are left out. `all`: the CRDs beside it, for who needs it. */
export function crdDetails(crd: CompiledCrd, all: readonly CompiledCrd[]): readonly string[] {
  const { name, gvk, resource, onCreate, onReconcile, status, dependsOn } = crd;
  const { group, version, kind } = gvk;
  const plural = `${resource.plural}${crd.isPluralGuessed ? ', a guess' : ''}`;
  const dependents = all.filter((other) => other.dependsOn.some((one) => one.name === name));
  const fields = status.fields.map(({ path, type }) => `${path.join('.')}${type === 'string' ? '' : ` (${type})`}`);
  return [
    pc.bold(name),
    `  APIVersion: ${group === '' ? version : `${group}/${version}`}`,
    `  Kind: ${kind} (${plural})`,
    `  Namespaced: ${resource.namespaced}`,
    '  Enabled: true',
    `  Mode: ${modeOf(crd)}`,
    ...section('Runtime', runtimeOf(crd)),
    ...section('DependsOn', dependsOn.map(dependencyText)),
    ...section('onCreate', entriesByKind(onCreate.entries)),
    ...section('onReconcile', entriesByKind(onReconcile.entries)),
    ...section('onDelete', entriesByKind(deletedEntries(crd))),
    ...section('Status fields', [...new Set(fields)]),
    ...section(
      'Autoscale',
      [autoscaleText(crd)].filter((text) => text !== ''),
    ),
    ...section('Finalizers', crd.finalizers),
    ...section(
      'Required by',
      dependents.map((other) => other.name),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `  ${pc.bold(title)}`, ...lines.map((line) => `    ${line}`)];
}

function runtimeOf(crd: CompiledCrd): readonly string[] {
  const { workers, resyncMs, maxQueueDepth, failureThreshold, watchNamespace, labelSelector, fieldSelector } = crd;
  const origin = ({ source }: { readonly source: string }): string => (source === 'default' ? ' (default)' : '');
  const depth = maxQueueDepth.value === 0 ? 'unlimited' : String(maxQueueDepth.value);
  return [
    `workers: ${workers.value}${origin(workers)}`,
    `resync: ${formatDuration(resyncMs.value)}${origin(resyncMs)}`,
    `queue: ${depth}${origin(maxQueueDepth)}`,
    `degraded after: ${failureThreshold} failures`,
    ...(watchNamespace === undefined ? [] : [`namespace: ${watchNamespace}`]),
    ...(labelSelector === undefined ? [] : [`labels: ${labelSelector}`]),
    ...(fieldSelector === undefined ? [] : [`fields: ${fieldSelector}`]),
  ];
}

/** `deployments(2): web, worker`, in the order of the first of each kind. */
function entriesByKind(entries: Entries): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { facts, name } of entries) {
    names.set(facts.listKey, [...(names.get(facts.listKey) ?? []), name.source]);
  }
  return [...names].map(([key, all]) => `${key}(${all.length}): ${all.join(', ')}`);
}
