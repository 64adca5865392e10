// Who a CRD entry is about.
import { isDnsLabel, isDnsSubdomain, type ProblemList, type SourceText } from '../../common';
import { type ResourceType } from '../../kube';
import { type CrdEntry } from '../model/crd.fields';
import { CODE } from '../validate/codes';
import { type CrdManifest } from './crd-file';

/** Group, version, kind, plural and scope: of the manifest, else of apiTypes. Undefined after a problem. */
export function resourceOf(
  entry: CrdEntry,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
): ResourceType | undefined {
  if (manifest !== undefined) {
    const { group, version, kind, plural, namespaced } = manifest;
    checkAgainstManifest(entry, manifest, problems);
    return { group, version, kind, plural, namespaced };
  }
  const { group, version, kind } = entry.apiTypes ?? {};
  const at = (entry.apiTypes ?? entry).node;
  const missing = Object.entries({ group, version, kind })
    .filter(([, value]) => value === undefined || value.text === '')
    .map(([key]) => key);
  if (missing.length > 0 || group === undefined || version === undefined || kind === undefined) {
    const message =
      entry.apiTypes === undefined
        ? 'an entry needs "apiTypes" (group, version, kind) or "crdFile"'
        : `apiTypes: ${missing.join(', ')} missing`;
    problems.add({ severity: 'error', code: CODE.apiTypes, message, position: at.position, path: at.path });
    return undefined;
  }
  checkNames(group, version, kind, problems);
  return {
    group: group.text,
    version: version.text,
    kind: kind.text,
    plural: pluralOf(entry, kind, problems),
    namespaced: entry.namespaced ?? true,
  };
}

function checkNames(group: SourceText, version: SourceText, kind: SourceText, problems: ProblemList): void {
  const report = (source: SourceText, message: string): void =>
    problems.add({
      severity: 'error',
      code: CODE.apiTypes,
      message,
      position: source.node.position,
      path: source.node.path,
    });
  if (!isDnsSubdomain(group.text) || !group.text.includes('.')) {
    report(group, `expected an API group such as shop.example.org, found "${group.text}"`);
  }
  if (!/^v[0-9]+((alpha|beta)[0-9]+)?$/.test(version.text)) {
    report(version, `expected a version such as v1 or v1beta2, found "${version.text}"`);
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(kind.text)) report(kind, `expected a kind such as Website, found "${kind.text}"`);
}

function pluralOf(entry: CrdEntry, kind: SourceText, problems: ProblemList): string {
  const plural = entry.apiTypes?.plural;
  if (plural !== undefined) {
    if (!isDnsLabel(plural.text)) {
      problems.add({
        severity: 'error',
        code: CODE.apiTypes,
        message: `expected a plural such as websites, found "${plural.text}"`,
        position: plural.node.position,
        path: plural.node.path,
      });
    }
    return plural.text;
  }
  const guess = `${kind.text.toLowerCase()}s`;
  const message =
    `apiTypes.plural is missing and there is no crdFile: "${guess}" is a guess, never used in a request; ` +
    'a runtime asks its cluster, which must serve the kind by then';
  problems.add({
    severity: 'warning',
    code: CODE.pluralGuessed,
    message,
    position: kind.node.position,
    path: kind.node.path,
  });
  return guess;
}

/** Nothing that was read says the plural: it is asked from the cluster that the Katalog runs on. */
export function isPluralGuessed(entry: CrdEntry, manifest: CrdManifest | undefined): boolean {
  return manifest === undefined && entry.apiTypes?.plural === undefined;
}

export function watchNamespace(entry: CrdEntry, resource: ResourceType, problems: ProblemList): string | undefined {
  if (entry.namespace === undefined || resource.namespaced) return entry.namespace?.text;
  const { position, path } = entry.namespace.node;
  problems.add({
    severity: 'warning',
    code: CODE.scope,
    message: `${resource.kind} is cluster-scoped: "namespace" has no effect`,
    position,
    path,
  });
  return undefined;
}

/** The manifest wins; saying something else beside it is a mistake, not a wish. (`version` chooses: crd-file.ts.) */
function checkAgainstManifest(entry: CrdEntry, manifest: CrdManifest, problems: ProblemList): void {
  for (const key of ['group', 'kind', 'plural'] as const) {
    const said = entry.apiTypes?.[key];
    if (said === undefined || said.text === manifest[key]) continue;
    const { position, path } = said.node;
    const message = `crdFile says ${key} "${manifest[key]}", found "${said.text}"; leave apiTypes.${key} out`;
    problems.add({ severity: 'error', code: CODE.apiTypes, message, position, path });
  }
  if (entry.namespaced !== undefined && entry.namespaced !== manifest.namespaced) {
    const { position, path } = entry.node.entries.get('namespaced')?.value ?? entry.node;
    const message = `crdFile says scope ${manifest.namespaced ? 'Namespaced' : 'Cluster'}; leave "namespaced" out`;
    problems.add({ severity: 'error', code: CODE.scope, message, position, path });
  }
}
