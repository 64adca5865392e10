// The Status of an apply that met other owners.
import { compareGoText, goQuote } from '../../common';
import { type ManagedEntry } from './managed-entries';
import { PatchRefused, type RefusalCause } from './merge.errors';
import { type Conflict } from './ownership';
import { printPath } from './path-element';

/** Causes stand by owner; a real server has its owners in no particular order. */
export function conflictRefusal(conflicts: readonly Conflict[]): PatchRefused {
  const byOwner = new Map<ManagedEntry, Conflict[]>();
  for (const conflict of conflicts) {
    const known = byOwner.get(conflict.owner);
    if (known === undefined) byOwner.set(conflict.owner, [conflict]);
    else known.push(conflict);
  }
  const owners = [...byOwner].sort(([a], [b]) => compareGoText(printOwner(a), printOwner(b)));
  const causes = owners.flatMap(([owner, its]) => its.map((conflict) => causeOf(owner, conflict)));
  return new PatchRefused(409, 'Conflict', messageOf(owners, causes), causes);
}

function causeOf(owner: ManagedEntry, conflict: Conflict): RefusalCause {
  return {
    reason: 'FieldManagerConflict',
    message: `conflict with ${printOwner(owner)}`,
    field: printPath(conflict.path),
  };
}

function messageOf(owners: readonly [ManagedEntry, readonly Conflict[]][], causes: readonly RefusalCause[]): string {
  const [only] = causes;
  if (causes.length === 1 && only !== undefined) {
    return `Apply failed with 1 conflict: ${only.message}: ${only.field}`;
  }
  const lines = owners.flatMap(([owner, conflicts]) => [
    `conflicts with ${printOwner(owner)}:`,
    ...conflicts.map(({ path }) => `- ${printPath(path)}`),
  ]);
  return `Apply failed with ${causes.length} conflicts: ${lines.join('\n')}`;
}

function printOwner({ manager, subresource, operation, apiVersion }: ManagedEntry): string {
  const name = goQuote(manager) + (subresource === '' ? '' : ` with subresource ${goQuote(subresource)}`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
