// Mistakes of thought: what is written stays YAML, and says something else. The text comes out anew, with its comments.
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Random } from '../random';
import { KEYS, sampleValue } from './values';

/** Where something hangs: the pair of a map, or an item of a list. */
type Place =
  | { readonly parent: YAMLMap; readonly pair: Pair<Node, Node | null> }
  | { readonly parent: YAMLSeq; readonly index: number };

interface Tree {
  readonly document: Document.Parsed;
  readonly places: readonly Place[];
}

type TreeMutation = (tree: Tree, place: Place, random: Random) => void;

function treeOf(document: Document.Parsed): Tree {
  const places: Place[] = [];
  visit(document, {
    Map: (_key, map) => {
      for (const pair of map.items) {
        if (isPair(pair)) places.push({ parent: map, pair: pair as Pair<Node, Node | null> });
      }
    },
    Seq: (_key, list) => {
      for (const index of list.items.keys()) places.push({ parent: list, index });
    },
  });
  return { document, places };
}

function valueAt(place: Place): Node | null {
  return 'pair' in place ? place.pair.value : (place.parent.items[place.index] as Node | null);
}

function setAt(place: Place, value: unknown): void {
  if ('pair' in place) place.pair.value = value as Node | null;
  else place.parent.items[place.index] = value;
}

function remove(place: Place): void {
  const { items } = place.parent;
  items.splice('pair' in place ? items.indexOf(place.pair) : place.index, 1);
}

/** Of a node with aliases in it the copy may name anchors that stand behind it: that is a mistake too. */
function copyOf(node: Node | null): Node | null {
  return node === null ? null : (node.clone() as Node);
}

function rename(place: Place, key: string): void {
  if ('pair' in place && isScalar(place.pair.key)) place.pair.key.value = key;
}

/** A place whose value is a text, if there is one. */
function textPlace(places: readonly Place[], random: Random): Place | undefined {
  const texts = places.filter((place) => {
    const value = valueAt(place);
    return isScalar(value) && typeof value.value === 'string';
  });
  return texts.length === 0 ? undefined : random.pick(texts);
}

function templateOf(text: string, random: Random): string {
  const broken = [
    (): string => text.replace('}}', ''),
    (): string => text.replace('{{', ''),
    (): string => `{{ ${text}`,
    (): string => `{{ if .spec.x }}${text}`,
    (): string => `{{ range .spec.zones }}${text}{{ end }}`,
    (): string => text.replace(/\.(\w+)/, '.$1x'),
    (): string => text.replace('{{', '{{-').replace('}}', '| nope }}'),
    (): string => `{{ printf "%d%s" ${text.replace(/[{}]/g, '')} }}`,
    (): string => `{{ index ${text.replace(/[{}]/g, '')} 99999999 "a" }}`,
    (): string => `{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}`,
    (): string => `${'{{ if .a }}'.repeat(40)}${text}${'{{ end }}'.repeat(40)}`,
    (): string => `{{ ${'('.repeat(300)}${text}${')'.repeat(300)} }}`,
    (): string => `{{ ${text.replace(/[{}]/g, '')} | default "\u2028" }}`,
  ];
  return random.pick(broken)();
}

const MUTATIONS: Readonly<Record<string, TreeMutation>> = {
  'another value': (_tree, place, random) => setAt(place, sampleValue(random)),
  'a value of elsewhere': ({ places }, place, random) => setAt(place, copyOf(valueAt(random.pick(places)))),
  'a key of elsewhere': (_tree, place, random) => rename(place, random.pick(KEYS)),
  'a misspelt key': (_tree, place, random) => {
    const key = 'pair' in place && isScalar(place.pair.key) ? String(place.pair.key.value) : '';
    const at = random.int(key.length + 1);
    rename(place, random.chance(0.5) ? key.slice(0, at) + key.slice(at + 1) : `${key.slice(0, at)}x${key.slice(at)}`);
  },
  'a key is gone': (_tree, place) => remove(place),
  'an entry twice': (_tree, place) => {
    if ('pair' in place) place.parent.items.push(place.pair.clone());
    else place.parent.items.push(copyOf(valueAt(place)));
  },
  'an entry again under another name': (_tree, place, random) => {
    if (!('pair' in place)) return;
    const copy = place.pair.clone();
    place.parent.items.push(copy);
    rename({ parent: place.parent, pair: copy }, `${String((copy.key as Scalar).value)}-${random.int(9)}`);
  },
  'a field more': ({ document }, place, random) => {
    const value = valueAt(place);
    const map = isMap(value) ? value : place.parent;
    const key = random.pick(KEYS);
    if (isMap(map) && !map.has(key)) map.add(document.createPair(key, sampleValue(random)));
  },
  'around it a list or a map': ({ document }, place, random) => {
    const value = valueAt(place);
    const wrapped: Node = document.createNode(random.chance(0.5) ? [] : {});
    if (isSeq(wrapped)) wrapped.items.push(value);
    else if (isMap(wrapped)) wrapped.items.push(document.createPair(random.pick(KEYS), value));
    setAt(place, wrapped);
  },
  'nested deep': ({ document }, place, random) => {
    const key = random.pick(KEYS);
    const isList = random.chance(0.3);
    let value: unknown = sampleValue(random);
    for (let depth = random.chance(0.5) ? 30 : 150; depth > 0; depth--) value = isList ? [value] : { [key]: value };
    setAt(place, document.createNode(value));
  },
  'an alias': ({ document, places }, place, random) => {
    const target = valueAt(random.pick(places));
    if (target === null || isAlias(target)) return;
    setAt(place, document.createAlias(target, 'again'));
  },
  'an anchor that holds itself': ({ document }, place) => {
    const value = valueAt(place);
    if (!isCollection(value)) return;
    const alias = document.createAlias(value, 'self');
    if (isMap(value)) value.set('self', alias);
    else value.items.push(alias);
  },
  'a broken template': ({ places }, _place, random) => {
    const place = textPlace(places, random);
    const value = place === undefined ? undefined : valueAt(place);
    if (isScalar(value)) value.value = templateOf(String(value.value), random);
  },
  'a condition': ({ document }, place, random) => {
    const value = valueAt(place);
    const conditions = [
      {
        [random.pick(['field', 'operator', 'fields'])]: sampleValue(random),
        [random.pick(['equals', 'value', 'operator', 'exists', 'notEquals'])]: sampleValue(random),
      },
    ];
    if (isMap(value)) {
      value.set(
        random.pick(['when', 'or', 'and', 'not']),
        document.createNode(random.chance(0.5) ? conditions : conditions[0]),
      );
    }
  },
  'an include': ({ document }, place, random) => {
    const value = valueAt(place);
    const files = [
      'katalog.yaml',
      'status.yaml',
      'rules.yaml',
      'none.yaml',
      '.',
      '',
      '../..',
      '/dev/null',
      'oci://h/a:1',
      'https://h/a.yaml',
    ];
    if (isMap(value)) value.set('include', document.createNode(random.pick(files)));
  },
  'an import': ({ document }, place, random) => {
    const value = valueAt(place);
    const names = [
      'motifs/outer.yaml',
      'outer.yaml',
      'katalog.yaml',
      'none',
      './',
      'komposer.yaml',
      'teams/page.yaml',
      'https://h',
      'git@h:a',
    ];
    const name = random.pick(names);
    const imports = random.pick<unknown>([
      [{ motif: name, with: sampleValue(random) }],
      { files: [name] },
      { registry: [name] },
    ]);
    if (isMap(value)) value.set('imports', document.createNode(imports));
  },
  'everything waits for everything': ({ document }, _place, random) => {
    const crds = document.getIn(['spec', 'crds']);
    if (!isMap(crds)) return;
    const names = crds.items.map(({ key }) => String((key as Scalar).value));
    for (const { value } of crds.items) {
      const all = random.chance(0.5)
        ? names
        : Object.fromEntries(names.map((name) => [name, { condition: sampleValue(random) }]));
      if (isMap(value)) value.set('dependsOn', document.createNode(all));
    }
  },
};

const NAMES = Object.keys(MUTATIONS);

/** The text with one of the changes, and which; as it was when it is no YAML. */
export function mutateTree(text: string, random: Random, done: (what: string) => void): string {
  const documents = [...(parseAllDocuments(text, { logLevel: 'silent' }) as Document.Parsed[])];
  if (documents.some(({ errors }) => errors.length > 0)) return text;
  const tree = treeOf(
    random.pick(documents.length === 0 ? [parseAllDocuments('a: b')[0] as Document.Parsed] : documents),
  );
  const name = random.pick(NAMES);
  if (tree.places.length === 0) return text;
  done(name);
  MUTATIONS[name]?.(tree, random.pick(tree.places), random);
  return documents.map((document, index) => `${index === 0 ? '' : '---\n'}${print(document)}`).join('');
}

/** What the printer refuses is no case. */
function print(document: Document): string {
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return '';
  }
}
