// Secrets that the processes themselves read, by name: credentials of calls, of other runtimes, of clusters. Those of pods
// (secretKeyRef, envFrom) are read by the kubelet.
import { type SourceNode } from '../../common';

const KEYS = ['secretRef', 'tokenRef', 'caRef'];

/** Without duplicates, sorted. `isLeft`: keys whose content is not looked at. */
export function secretNames(node: SourceNode, isLeft: (key: string) => boolean = () => false): readonly string[] {
  const names = new Set<string>();
  collect(node, isLeft, names);
  return [...names].sort();
}

function collect(node: SourceNode, isLeft: (key: string) => boolean, names: Set<string>): void {
  if (node.kind === 'scalar') return;
  if (node.kind === 'list') {
    for (const item of node.items) collect(item, isLeft, names);
    return;
  }
  for (const [key, { value }] of node.entries) {
    if (isLeft(key)) continue;
    const name = KEYS.includes(key) && value.kind === 'map' ? value.entries.get('name')?.value : undefined;
    if (name?.kind === 'scalar') names.add(name.text);
    else collect(value, isLeft, names);
  }
}
