// CRs over HTTP: targets are found by their names, callers by their tokens.
import { didYouMean } from '../../common';
import { type CrdEntry } from '../model/crd.fields';
import { type KatalogFile } from '../model/katalog.fields';
import { CODE } from './codes';
import { at, enabledEntries, type Findings, type KatalogRule, type Place } from './rule';

type Serve = NonNullable<CrdEntry['serve']>;

export const checkServe: KatalogRule = (katalog, findings) => {
  const seen = new Map<string, string>();
  for (const { name: crd, entry } of enabledEntries(katalog)) {
    const { serve } = entry;
    if (serve === undefined) continue;
    checkNames(crd, serve, seen, findings);
    checkTokens(serve, katalog, findings);
    checkMetadata(serve, findings);
    const { cluster } = serve;
    const clusters = [...(katalog.gateway?.clusters?.keys() ?? [])];
    if (cluster !== undefined && !cluster.text.includes('{{') && !clusters.includes(cluster.text)) {
      const hint = didYouMean(cluster.text, clusters);
      findings.error(cluster.node, CODE.serve, `"${cluster.text}" is not in gateway.clusters${hint}`);
    }
  }
};

function keyPlace(object: Serve, key: string, name: string): Place {
  const value = object.node.entries.get(key)?.value;
  const entry = value?.kind === 'map' ? value.entries.get(name) : undefined;
  return entry === undefined ? at(object, key) : { position: entry.keyPosition, path: entry.value.path };
}

/** Targets and aliases share one space of names over all CRDs. */
function checkNames(crd: string, serve: Serve, seen: Map<string, string>, findings: Findings): void {
  for (const [target, { aliases = [] }] of serve.target ?? []) {
    const names = [
      { name: target, place: keyPlace(serve, 'target', target) },
      ...aliases.map(({ text, node }) => ({ name: text, place: node })),
    ];
    for (const { name, place } of names) {
      const first = seen.get(name);
      if (first !== undefined) {
        findings.error(place, CODE.serve, `the target "${name}" is one of CRD "${first}" already`);
      } else seen.set(name, crd);
    }
  }
}

function checkTokens(serve: Serve, { gateway }: KatalogFile, findings: Findings): void {
  const known = (gateway?.api?.auth?.tokens ?? []).flatMap(({ name }) => name?.text ?? []);
  for (const name of serve.tokens?.keys() ?? []) {
    if (known.includes(name)) continue;
    const place = keyPlace(serve, 'tokens', name);
    findings.error(place, CODE.serve, `"${name}" is not in gateway.api.auth.tokens${didYouMean(name, known)}`);
  }
}

function checkMetadata(serve: Serve, findings: Findings): void {
  for (const value of [...(serve.labels?.values() ?? []), ...(serve.annotations?.values() ?? [])]) {
    if (value.default === undefined || value.override === undefined) continue;
    findings.warning(at(value, 'default'), CODE.serve, '"default" has no effect beside "override"');
  }
}
