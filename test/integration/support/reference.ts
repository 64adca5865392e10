// The reference pages, written from what the product itself reads: fields of the Katalog, functions of templates.
import { jsonText } from '../../../src/modules/common';
import { builtinFunctions, noteSignature } from '../../../src/modules/expression';
import { objectBelow, type Properties } from '../../../src/modules/katalog/describe/object-below';
import { SPELLINGS } from '../../../src/modules/katalog/generations/spellings';
import { e2eField } from '../../../src/modules/katalog/model/e2e.fields';
import { katalogField } from '../../../src/modules/katalog/model/katalog.fields';
import { komposerField } from '../../../src/modules/katalog/model/komposer.fields';
import { motifField } from '../../../src/modules/katalog/model/motif.fields';
import { PROFILE_CLASSES } from '../../../src/modules/katalog/profiles/profile-classes';
import { simulateField } from '../../../src/modules/katalog/model/simulate.fields';
import { type Field, type OtherKeys, type Property, propertyText } from '../../../src/modules/schema';

const HEAD = (title: string, text: string): string =>
  `# ${title}\n\n<!-- Written from the source by test/integration/reference.spec.ts; do not edit. -->\n\n${text}\n`;

/** `|` would end a cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

interface Section {
  readonly path: string;
  readonly typeName: string;
  readonly properties: Properties;
  readonly others?: OtherKeys;
}

/** The object that a field leads to, and the path to it. */
function sectionBelow(field: Field<unknown>, path: string): Section | undefined {
  const below = objectBelow(field);
  if (below === undefined) return undefined;
  const { through, ...object } = below;
  return { path: path + through.map((part) => (part === '[]' ? part : `.${part}`)).join(''), ...object };
}

function isRead({ unsupported, ineffective }: Property<unknown>): boolean {
  return unsupported === undefined && ineffective === undefined;
}

/** Depth first, in the order of the declarations; an object that stands in several places is described once. */
function sectionsOf(root: Section): readonly Section[] {
  const seen = new Map<Properties, Section>();
  const visit = (section: Section): void => {
    if (seen.has(section.properties)) return;
    seen.set(section.properties, section);
    for (const [name, property] of Object.entries(section.properties)) {
      const below = isRead(property) ? sectionBelow(property.field, join(section.path, name)) : undefined;
      if (below !== undefined) visit(below);
    }
  };
  visit(root);
  return [...seen.values()];
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Where an object has its section: anchors are made of the heading as GitHub does it. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
}

/** `elsewhere`: pages of the titles that are not on this one. */
function sectionText(
  section: Section,
  titles: ReadonlyMap<Properties, string>,
  elsewhere: ReadonlyMap<string, string> = new Map(),
): string {
  const entries = Object.entries(section.properties);
  const rows = entries
    .filter(([, property]) => isRead(property))
    .map(([name, property]) => {
      const { field, required } = property;
      const below = sectionBelow(field, name);
      const title = below === undefined ? undefined : titles.get(below.properties);
      const type =
        title === undefined ? field.typeName : `[${field.typeName}](${elsewhere.get(title) ?? ''}#${anchor(title)})`;
      return [`\`${name}\`${required ? ' (required)' : ''}`, type, propertyText(property)];
    });
  if (section.others !== undefined) rows.push(['any other key', 'any value', section.others.doc]);
  const named = (test: (property: Property<unknown>) => boolean): string =>
    entries
      .filter(([, property]) => test(property))
      .map(([name]) => `\`${name}\``)
      .join(', ');
  const refused = named(({ unsupported }) => unsupported !== undefined);
  const idle = named(({ ineffective }) => ineffective !== undefined);
  const place = section.path === '' ? '' : `At \`${section.path}\`.\n\n`;
  const later =
    (refused === '' ? '' : `\nNot supported yet, refused by name: ${refused}.\n`) +
    (idle === '' ? '' : `\nKnown, without effect here (a warning): ${idle}.\n`);
  return `## ${titles.get(section.properties)}\n\n${place}${table(['field', 'type', 'meaning'], rows)}${later}`;
}

/** The sections of a language, and their headings: an object of a taken name has its path in it. */
function headed(field: Field<unknown>, taken: ReadonlyMap<Properties, string> = new Map()): Headed {
  const root = sectionBelow(field, '');
  if (root === undefined) throw new Error('the file is not an object');
  const sections = sectionsOf(root).filter(({ properties }) => !taken.has(properties));
  const titles = new Map(taken);
  for (const section of sections) {
    const { typeName: title, path } = section;
    const isTaken = [...titles.values()].includes(title);
    titles.set(section.properties, isTaken ? `${title} (${path.replaceAll('.<name>', '')})` : title);
  }
  return { sections, titles };
}

interface Headed {
  readonly sections: readonly Section[];
  readonly titles: ReadonlyMap<Properties, string>;
}

/** docs/reference/motif.md */
export function motifReference(): string {
  return besideKatalog(
    motifField,
    'Fields of a Motif',
    'Every key that this version reads; the blocks that a Motif shares with a Katalog are told in [its reference](katalog.md). Any\n' +
      'value may be a template over the inputs. How Motifs are used is told in the [guide](../guide/motifs.md).',
  );
}

/** docs/reference/komposer.md */
export function komposerReference(): string {
  return besideKatalog(
    komposerField,
    'Fields of a Komposer',
    'Every key that this version reads; the blocks that a Komposer shares with a Katalog are told in\n' +
      '[its reference](katalog.md). How Komposers are used is told in the [guide](../guide/komposers.md).',
  );
}

/** docs/reference/simulate.md */
export function simulateReference(): string {
  return besideKatalog(
    simulateField,
    'Fields of a Simulate file',
    'What an operator does in some cycles without a cluster, and what it should do. `ork validate -f simulate.yaml` checks such a\n' +
      "file strictly, with the files that it names; this version can't run it yet. Paths are meant from the file.",
  );
}

/** docs/reference/e2e.md */
export function e2eReference(): string {
  return besideKatalog(
    e2eField,
    'Fields of an E2E file',
    'Tests of an operator on a cluster. `ork validate -f e2e.yaml` checks such a file strictly, with the files that it names; this\n' +
      "version can't run it yet. Only `when` and `or` hold templates, every other text is taken as it is. Paths are meant from the file.",
  );
}

/** The page of a file whose blocks are told with the Katalog. */
function besideKatalog(field: Field<unknown>, title: string, text: string): string {
  const shared = headed(katalogField).titles;
  const { sections, titles } = headed(field, shared);
  const elsewhere = new Map([...shared.values()].map((name) => [name, 'katalog.md']));
  return [HEAD(title, text), ...sections.map((section) => sectionText(section, titles, elsewhere))].join('\n');
}

/** docs/reference/katalog.md */
export function katalogReference(): string {
  const { sections, titles } = headed(katalogField);
  const text = HEAD(
    'Fields of a Katalog',
    'Every key that this version reads. A key that is not here is an error that names the nearest one. "string" may hold a\n' +
      'template, "string without template" may not. The meaning of the parts is told in the [guide](../guide/README.md).',
  );
  return [text, ...sections.map((section) => sectionText(section, titles)), spellingsText()].join('\n');
}

const GENERATION = { 1: 'first', 3: 'third', text: 'only in texts' } as const;

function spellingsText(): string {
  const rows = SPELLINGS.map(({ place, old, canonical, generation }) => [
    place.name,
    code(old.join('.')),
    code(canonical.join('.')),
    GENERATION[generation],
  ]);
  const text =
    'Published Katalogs are written in three generations of the language. This page describes the second one; the spellings of\n' +
    'the others are read, too, each with a warning (`ORK1501`), and the same setting in two spellings is an error (`ORK1502`).\n' +
    '`ork migrate --write` rewrites a file.';
  return `## Deprecated spellings\n\n${text}\n\n${table(['in', 'deprecated', 'write', 'generation'], rows)}`;
}

function code(text: string): string {
  return text === '' ? '' : `\`${text.trimEnd()}\``;
}

/** docs/reference/notes.md */
export function notesReference(): string {
  const notes = builtinFunctions.all();
  const domains = [...new Set(notes.map(({ domain }) => domain))];
  const text = HEAD(
    'Functions of templates',
    `The ${notes.length} functions that templates may call: those of Go's text/template, and the notes of Orkestra. In a pipe the value\n` +
      'on the left is the last argument. `any` takes every type, nil included; an `int` is any number without fraction, a `number`\n' +
      'takes booleans and texts that are numbers, too (as a result it is whole or has a fraction). After the last parameter, `...` means that it may\n' +
      'repeat or be left out. Each example is run by the tests. `ork notes show` shows one of them with the data of its example.',
  );
  const parts = domains.map((domain) => {
    const rows = notes
      .filter((note) => note.domain === domain)
      .map((note) => [code(noteSignature(note)), note.doc, code(note.example), code(note.card?.output ?? '')]);
    return `## ${domain}\n\n${table(['function', 'what it gives', 'example', 'prints'], rows)}`;
  });
  return [text, ...parts].join('\n');
}

/** docs/reference/profiles.md */
export function profilesReference(): string {
  const text = HEAD(
    'Profiles',
    'Names that stand for values, by class. What a Katalog may declare under `profiles` is told in\n' +
      '[its reference](katalog.md#profiles), what names mean in the [guide](../guide/profiles.md).',
  );
  const classes = PROFILE_CLASSES.map(({ key, site, doc }) => [code(key), code(site), doc]);
  const tables = PROFILE_CLASSES.filter(({ builtIn }) => Object.keys(builtIn).length > 0).map((profiles) => {
    const rows = Object.entries(profiles.builtIn).map(([name, values]) => [
      code(name),
      code(jsonText(profiles.show(values)).replaceAll('"', '').replaceAll(/[:,]/g, '$& ')),
    ]);
    return `## Built in: ${profiles.key}\n\n${table(['name', 'values'], rows)}`;
  });
  return [text, table(['class', 'named at', 'what it is'], classes), ...tables].join('\n');
}
