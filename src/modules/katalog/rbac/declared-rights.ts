// What the runtime needs beside the children that its entries declare: kinds that code of one's own writes, kinds that are
// watched, Secrets with the credentials of calls.
import { apiVersionOf, parseApiVersion } from '../../common';
import { resourceKinds } from '../../resources';
import { entryLists } from '../model/block.fields';
import { type KatalogFile } from '../model/katalog.fields';
import { boxesOf, enabledEntries } from '../validate/rule';
import { CHILD, type PolicyRule, READ } from './policy-rule';
import { RightsTable } from './rights-table';
import { secretNames } from './secret-references';

/** Kinds whose plural only a cluster knows are left out: no rule names a guess. */
export function declaredRights(katalog: KatalogFile): readonly PolicyRule[] {
  const rights = new RightsTable();
  for (const { entry } of enabledEntries(katalog)) {
    for (const { reconciler, observe } of boxesOf(entry)) {
      const code = [reconciler?.hooks, reconciler?.constructor, reconciler?.remote];
      for (const resource of code.flatMap((one) => one?.managedResources ?? [])) {
        const { apiVersion, kind, plural } = resource;
        allow(rights, apiVersion?.text ?? 'v1', kind?.text, plural?.text, CHILD);
      }
      for (const { apiVersion, kind } of observe?.watch ?? []) {
        allow(rights, apiVersion?.text, kind?.text, undefined, READ);
      }
      if (observe?.events !== undefined) rights.allow('events.k8s.io', 'events', READ);
    }
    // Fields of entries belong to pods.
    for (const name of secretNames(entry.node, (key) => Object.hasOwn(entryLists, key))) {
      rights.allow('', 'secrets', ['get'], name);
    }
  }
  return rights.rules();
}

const PLURALS: ReadonlyMap<string, string> = new Map(
  resourceKinds.map(({ facts: { resource } }) => [`${apiVersionOf(resource)} ${resource.kind}`, resource.plural]),
);

function allow(
  rights: RightsTable,
  apiVersion: string | undefined,
  kind: string | undefined,
  plural: string | undefined,
  verbs: readonly string[],
): void {
  const name = plural ?? PLURALS.get(`${apiVersion ?? ''} ${kind ?? ''}`);
  if (apiVersion === undefined || name === undefined) return;
  rights.allow(parseApiVersion(apiVersion).group, name, verbs);
}
