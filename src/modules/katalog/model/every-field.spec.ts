// The description of the language against Katalogs that use all of it: a field that is not in one of them fails here, and
// for each a wrong value is one problem at its place. Fields of the kinds of children: compile/entry-fields.spec.ts;
// "include" and "imports" are gone before anything is decoded: expand/include, expand/motif.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatPosition, formatProblem, KatalogInvalidError, ProblemList, type SourceNode } from '../../common';
import { entryKinds } from '../../resources';
import { type Field, literal, type Property, type Visited, walkFields } from '../../schema';
import { compileKatalog } from '../compile/compile-katalog';
import { parseYamlDocuments } from '../source/parse-yaml';
import { FULL_E2E, FULL_FILES, FULL_KATALOGS, FULL_SIMULATE } from '../testing/full';
import { e2eField } from './e2e.fields';
import { katalogField } from './katalog.fields';
import { simulateField } from './simulate.fields';

type Root = SourceNode & { readonly kind: 'map' };

function rootOf(file: string): Root {
  const [root] = parseYamlDocuments(readFileSync(file, 'utf8'), file, new ProblemList());
  if (root?.kind !== 'map') throw new Error(`${file} is no map`);
  return root;
}

interface Written {
  readonly file: string;
  readonly root: Root;
  /** What the file is read by. */
  readonly language: Field<unknown>;
}

const written = (language: Field<unknown>, files: readonly string[]): readonly Written[] =>
  files.map((file) => ({ file: basename(file), root: rootOf(file), language }));

const ROOTS = [
  ...written(katalogField, FULL_FILES),
  ...written(simulateField, [FULL_SIMULATE]),
  ...written(e2eField, [FULL_E2E]),
];
const listKeys: ReadonlySet<string> = new Set(entryKinds.map(({ facts }) => facts.listKey));

/** Classes of profiles have the names of lists, too, and so has the target of an E2E. */
function isEntryList(place: string): boolean {
  return listKeys.has(place.split('.').at(-1) ?? '') && !/^\.?(profiles\b|spec\.custom$)/.test(place);
}

/** Every property that can be written, by where it stands first. */
function described(
  { shape }: Field<unknown>,
  place: string,
  found: Map<Property<unknown>, string>,
  seen: Set<unknown>,
): void {
  if (shape === undefined || seen.has(shape)) return;
  seen.add(shape);
  if (shape.kind === 'list') described(shape.item, `${place}[]`, found, seen);
  if (shape.kind === 'map') described(shape.value, `${place}.*`, found, seen);
  if (shape.kind === 'either') for (const one of shape.alternatives) described(one, place, found, seen);
  if (shape.kind !== 'object') return;
  for (const [name, property] of Object.entries(shape.properties)) {
    if (property.unsupported !== undefined || property.ineffective !== undefined) continue;
    const inner = `${place}.${name}`;
    if (isEntryList(inner) || name === 'include' || name === 'imports') continue;
    if (!found.has(property)) found.set(property, inner);
    described(property.field, inner, found, seen);
  }
}

type Use = Visited & Written;

/** The first use of every property, and of the items and values below it. */
function uses(): ReadonlyMap<string, Use> {
  const found = new Map<string, Use>();
  const ids = new Map<unknown, number>();
  for (const one of ROOTS) {
    const properties = new Map<string, Property<unknown>>();
    const shortable = new Set<SourceNode>();
    walkFields({ field: one.language, node: one.root, place: '' }, (visited) => {
      if (isEntryList(visited.place)) return false;
      if (visited.property !== undefined) properties.set(visited.place, visited.property);
      // A map, or the text that is short for it: only of both can a value be wrong.
      if (takesKind(visited.field, at(visited.node, ''))) shortable.add(visited.node);
      else if (visited.field.shape?.kind === 'object' && shortable.has(visited.node)) return true;
      const [owner = ''] = /^.*?(?=(\[\]|\.\*)*$)/.exec(visited.place) ?? [];
      const property = properties.get(owner);
      if (!ids.has(property)) ids.set(property, ids.size);
      const key = `${ids.get(property)}${visited.place.slice(owner.length)} ${visited.field.typeName}`;
      if (!found.has(key)) found.set(key, { ...visited, ...one });
      return true;
    });
  }
  return found;
}

const at = (like: SourceNode, text: string): SourceNode => ({
  ...{ position: like.position, path: like.path },
  kind: 'scalar',
  style: 'plain',
  value: text,
  text,
  locate: () => like.position,
});

const listAt = ({ position, path }: SourceNode): SourceNode => ({ kind: 'list', position, path, items: [] });
const mapAt = ({ position, path }: SourceNode): SourceNode => ({ kind: 'map', position, path, entries: new Map() });

/** A value that the field cannot take; undefined when it takes everything. */
function wrongFor(field: Field<unknown>, node: SourceNode): SourceNode | undefined {
  const { shape } = field;
  switch (shape?.kind) {
    case undefined:
      return undefined;
    case 'list':
    case 'map':
    case 'object':
      return at(node, '? ?');
    case 'either':
      return [at(node, '? ?'), listAt(node), mapAt(node)].find(
        (one) => !shape.alternatives.some((alternative) => takesKind(alternative, one)),
      );
    case 'scalar':
      if (shape.accepts === 'integer') return at(node, String(shape.minimum - 1));
      if (shape.accepts === 'text' && shape.isForm !== true) return listAt(node);
      return at(node, takesAnyLiteral(field) ? '{{ .x }}' : '? ?');
  }
}

/** Nothing but a template is wrong for it. */
function takesAnyLiteral({ shape }: Field<unknown>): boolean {
  return shape === literal.shape;
}

function takesKind({ shape }: Field<unknown>, node: SourceNode): boolean {
  if (shape?.kind === 'either') return shape.alternatives.some((one) => takesKind(one, node));
  if (shape?.kind === 'object' || shape?.kind === 'map') return node.kind === 'map';
  return shape?.kind === node.kind;
}

function replaced(root: SourceNode, target: SourceNode, by: SourceNode): SourceNode {
  if (root === target) return by;
  if (root.kind === 'list') return { ...root, items: root.items.map((item) => replaced(item, target, by)) };
  if (root.kind !== 'map') return root;
  const entries = [...root.entries].map(
    ([key, entry]) => [key, { ...entry, value: replaced(entry.value, target, by) }] as const,
  );
  return { ...root, entries: new Map(entries) };
}

function errorsOf(root: SourceNode, language: Field<unknown>): readonly string[] {
  const problems = new ProblemList();
  language.decode(root, { problems });
  return problems.errors.map(({ position, path }) => `${formatPosition(position)} ${path}`);
}

describe('Katalogs of every field', () => {
  it.each(FULL_KATALOGS.map((file) => [basename(file), file]))('%s loads; what cannot run is told', (_name, file) => {
    let found: readonly string[] = [];
    try {
      const { unrunnable } = compileKatalog([file]);
      expect(unrunnable.length).toBeGreaterThan(5);
    } catch (error) {
      if (!(error instanceof KatalogInvalidError)) throw error;
      found = error.problems.map(formatProblem);
    }
    expect(found).toEqual([]);
  });

  it('use every property of the description', () => {
    const all = new Map<Property<unknown>, string>();
    for (const language of new Set(ROOTS.map((one) => one.language))) described(language, '', all, new Set());
    const used = new Set([...uses().values()].map(({ property }) => property));
    expect([...all].filter(([property]) => !used.has(property)).map(([, place]) => place)).toEqual([]);
  });
});

const CASES = [...uses().values()].flatMap((use) => {
  const wrong = use.place === '' ? undefined : wrongFor(use.field, use.node);
  return wrong === undefined ? [] : [[`${use.place} <${use.field.typeName}> in ${use.file}`, use, wrong] as const];
});

describe('a wrong value', () => {
  it.each(CASES)('%s', (_name, { root, node, language }, wrong) => {
    expect(errorsOf(replaced(root, node, wrong), language)).toEqual([`${formatPosition(node.position)} ${node.path}`]);
  });

  const KEYED = [...uses().values()].flatMap((use) => {
    const { shape } = use.field;
    return shape?.kind === 'map' && shape.checkKey !== undefined && use.node.kind === 'map' ? [use] : [];
  });

  it.each(KEYED.map((use) => [use.place, use] as const))('a wrong key in %s', (_place, { root, node, language }) => {
    if (node.kind !== 'map') throw new Error('no map');
    const [[, first] = []] = node.entries;
    if (first === undefined) throw new Error('no entry');
    const entries = new Map([['? ?', { ...first, key: '? ?' }]]);
    const path = `${node.path}.? ?`;
    expect(errorsOf(replaced(root, node, { ...node, entries }), language)).toEqual([
      `${formatPosition(first.keyPosition)} ${path}`,
    ]);
  });
});
