// Motifs of specs: imported by the CRD of a Katalog, and what the CRD entry is then.
import { formatProblem, type JsonObject, type JsonValue, ProblemList } from '../../common';
import { expandKatalog } from '../expand/expand-katalog';
import { localTexts } from '../source/source-texts';
import { toJsonObject } from '../source/to-json';
import { mapAt } from '../source/tree';
import { compile, katalogWith, type Outcome } from './katalog-source';

export const HEAD = 'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: cache }\n';
export const IMPORTS = 'imports:\n  - motif: ./motif.yaml';

/** Compiles a Katalog that imports one Motif. */
export function importing(
  motif: string,
  withValues = '',
  files: Readonly<Record<string, string>> = {},
  box = '',
): Outcome {
  const imports = withValues === '' ? IMPORTS : `${IMPORTS}\n    with: ${withValues}`;
  return compile({ 'katalog.yaml': katalogWith(box, imports), 'motif.yaml': HEAD + motif, ...files });
}

/** The CRD entry after expansion as it stands in the tree, before anything reads it by its description. */
export function expandedNode(motif: string, withValues = ''): JsonObject {
  const imports = withValues === '' ? IMPORTS : `${IMPORTS}\n    with: ${withValues}`;
  const files: Readonly<Record<string, string>> = {
    '/demo/katalog.yaml': katalogWith('', imports),
    '/demo/motif.yaml': HEAD + motif,
  };
  const problems = new ProblemList();
  const { root } = expandKatalog(['/demo/katalog.yaml'], {
    texts: { ...localTexts, read: (location) => files[location] },
    problems,
  });
  const crd = mapAt(root, 'spec', 'crds', 'website');
  if (crd === undefined || problems.hasErrors) throw new Error(problems.errors.map(formatProblem).join('\n'));
  return toJsonObject(crd);
}

/** The CRD entry after expansion. */
export function expanded({ katalog, errors }: Outcome): JsonObject {
  if (katalog === undefined) throw new Error(errors.join('\n'));
  const { crds } = katalog.expanded['spec'] as { readonly crds: Readonly<Record<string, JsonObject>> };
  return crds['website'] as JsonObject;
}

export function boxOf(outcome: Outcome): JsonObject {
  return expanded(outcome)['operatorBox'] as JsonObject;
}

export const input = (name: string, rest = ''): string => `inputs: [{ name: ${name}${rest} }]\n`;
export const maps = (...items: readonly string[]): string =>
  `resources:\n  configMaps:\n${items.map((item) => `    - ${item}`).join('\n')}\n`;

/** The config maps of onReconcile after expansion. */
export function configMaps(outcome: Outcome): readonly JsonValue[] {
  const block = boxOf(outcome)['onReconcile'] as { readonly configMaps?: readonly JsonValue[] } | undefined;
  return block?.configMaps ?? [];
}
