// Katalogs of specs: text in, compiled Katalog or problems out. `§` marks a place in the text; it is taken out before
// the text is compiled, so that a spec says where a problem has to stand without counting columns.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { formatPosition, KatalogInvalidError, ManualClock, type JsonObject, type Problem } from '../../common';
import { type EvaluationContext } from '../../expression';
import { type CompiledEntry } from '../../resources';
import { compileKatalog, type CompileKatalogOptions } from '../compile/compile-katalog';
import { type CompiledCrd, type CompiledKatalog } from '../compile/compiled-katalog';

export const MARK = '§';

export interface Outcome {
  /** Undefined when there are errors. */
  readonly katalog: CompiledKatalog | undefined;
  /** `file:line:column message`. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
  /** Where the mark stood: `file:line:column`. */
  readonly marked: string | undefined;
}

/** Compiles `katalog.yaml` (or `first`) with the other files beside it. */
export function compile(
  files: string | Readonly<Record<string, string>>,
  options: CompileKatalogOptions = {},
  first: readonly string[] = ['katalog.yaml'],
): Outcome {
  const all = typeof files === 'string' ? { 'katalog.yaml': files } : files;
  const folder = mkdtempSync(join(tmpdir(), 'orkestra-katalog-'));
  let marked: string | undefined;
  try {
    for (const [name, text] of Object.entries(all)) {
      marked ??= placeOfMark(name, text);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text.replace(MARK, ''));
    }
    return { ...outcome(folder, first, options), marked };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcome(folder: string, first: readonly string[], options: CompileKatalogOptions): Omit<Outcome, 'marked'> {
  const lines = (problems: readonly Problem[]): readonly string[] =>
    problems.map(({ position, message }) => {
      const place = formatPosition({ ...position, file: relative(folder, position.file) });
      return `${place} ${message.replaceAll(`${folder}/`, '')}`;
    });
  try {
    const katalog = compileKatalog(
      first.map((file) => join(folder, file)),
      options,
    );
    return { katalog, errors: [], warnings: lines(katalog.warnings), problems: katalog.warnings };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    return { katalog: undefined, errors: lines(error.problems), warnings: [], problems: error.problems };
  }
}

function placeOfMark(name: string, text: string): string | undefined {
  const at = text.indexOf(MARK);
  if (at < 0) return undefined;
  const before = text.slice(0, at).split('\n');
  return `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** A Katalog with one CRD `website` whose operatorBox is the given YAML, indented by nothing. */
export function katalogWith(operatorBox: string, crd = ''): string {
  return [
    'apiVersion: orkestra.orkspace.io/v1',
    'kind: Katalog',
    'metadata:',
    '  name: demo',
    'spec:',
    '  crds:',
    '    website:',
    '      apiTypes: { group: demo.orkestra.io, version: v1, kind: Website, plural: websites }',
    ...(crd === '' ? [] : [indent(crd, 6)]),
    ...(operatorBox === '' ? [] : ['      operatorBox:', indent(operatorBox, 8)]),
    '',
  ].join('\n');
}

/** The manifest of the CRD above; `schema`: the lines of its version's `schema`, indented by nothing. */
export function websiteCrd(...schema: readonly string[]): string {
  return [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: { name: websites.demo.orkestra.io }',
    'spec:',
    '  group: demo.orkestra.io',
    '  scope: Namespaced',
    '  names: { kind: Website, plural: websites }',
    '  versions:',
    '    - name: v1',
    '      served: true',
    '      storage: true',
    '      subresources: { status: {} }',
    '      schema:',
    ...schema.map((line) => indent(line, 8)),
  ].join('\n');
}

export function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
}

export function onlyCrd({ katalog, errors }: Outcome): CompiledCrd {
  const [crd] = katalog?.crds ?? [];
  if (crd === undefined) throw new Error(`does not compile:\n${errors.join('\n')}`);
  return crd;
}

export const EVALUATION: EvaluationContext = { clock: new ManualClock(), random: { next: () => 0.5 } };

/** The CR that entries are built for. */
export const WEBSITE: JsonObject = {
  apiVersion: 'demo.orkestra.io/v1',
  kind: 'Website',
  metadata: { name: 'shop', namespace: 'apps', uid: 'u-1' },
  spec: { image: 'acme/shop:7', replicas: 2, message: 'hello', tier: 'gold', zones: ['north', 'south'] },
};

const SYSTEM_LABELS = { 'orkestra.orkspace.io/managed': 'true', 'orkestra-owner': 'shop' };

/** A kind of which only a cluster knows the scope has objects in namespaces. */
function isNamespaced({ facts: { resource } }: CompiledEntry): boolean {
  return !('plural' in resource) || resource.namespaced;
}

/** The object of an entry, as the reconciler would build it for a fresh CR. */
export function build(entry: CompiledEntry, data: JsonObject = WEBSITE, copySource?: JsonObject): JsonObject {
  return entry.build({
    data,
    evaluation: EVALUATION,
    name: entry.name.resolve(data, EVALUATION),
    namespace: isNamespaced(entry) ? (entry.namespace?.resolve(data, EVALUATION) ?? 'apps') : undefined,
    ownerName: 'shop',
    systemLabels: SYSTEM_LABELS,
    live: undefined,
    copySource: copySource as never,
  });
}
