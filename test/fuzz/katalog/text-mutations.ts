// Mistakes of fingers, editors and copies: changes of a text that knows nothing of YAML.
import { type Random } from '../random';

/** What YAML has beside maps, lists and texts, and what only looks like YAML. */
// prettier-ignore
const SNIPPETS = [
  '&a ', '*a', '&a *a', '!!str ', '!!binary "AA=="', '!secret ', '!!set {a, b}', '!!null ', '<<: *a', '<<: { a: 1 }', '? ', '? [a, b]\n: c', ': ',
  '- ', '\t', '\n\t', '|\n', '>-\n', '|2-\n', '|9\n', '---\n', '...\n', '--- |\n', '%YAML 1.1\n---\n', '%TAG ! tag:x,2000:\n', '# ', ' #', '~', 'null', 'Null',
  '', '1e400', '-0', '0x1F', '0o17', '017', '1_000', '9007199254740993', '999999999999999999999999', '.inf', '-.INF', '.nan', '1.', 'yes', 'on', 'TRUE',
  '2001-12-14t21:59:43.10-05:00', '"', "'", '"\\', '"\\x', '"\\u12', '\\', '{', '}', '[', ']', '{}', '[]', '[[', ']]', ',', '{{', '}}', '{{ .spec.x }}', '{{ if', '@', '`',
  '\ufeff', '\r\n', '\r', '\u2028', '\u0085', '\u00a0', '\u0000', '\u0007', '\u001b[31m', '\u200b', '\u202e', '\ud800', '😀', 'é', 'e\u0301', '\uffff', '漢字',
  '__proto__: x', 'constructor: x', 'toString', 'include: x.yaml\n', 'imports: []\n',
];

type TextMutation = (text: string, random: Random) => string;

function lines(change: (lines: string[], at: number, random: Random) => void): TextMutation {
  return (text, random) => {
    const all = text.split('\n');
    change(all, random.int(all.length), random);
    return all.join('\n');
  };
}

function splice(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

/** A place where something begins or ends: most bytes of a file are letters of a word. */
function place(text: string, random: Random): number {
  const from = random.int(text.length + 1);
  if (random.chance(0.3)) return from;
  const edge = /[\s:,{}[\]"'|>-]/g;
  edge.lastIndex = from;
  return edge.exec(text)?.index ?? from;
}

const MUTATIONS: Readonly<Record<string, TextMutation>> = {
  'a line is gone': lines((all, at) => all.splice(at, 1)),
  'lines are gone': lines((all, at, random) => all.splice(at, 1 + random.int(8))),
  'a line stands twice': lines((all, at) => all.splice(at, 0, all[at] ?? '')),
  'lines stand twice': lines((all, at, random) => all.splice(at, 0, ...all.slice(at, at + 1 + random.int(8)))),
  'lines stand elsewhere': lines((all, at, random) => {
    const moved = all.splice(at, 1 + random.int(5));
    all.splice(random.int(all.length + 1), 0, ...moved);
  }),
  'two lines are swapped': lines((all, at, random) => {
    const other = random.int(all.length);
    [all[at], all[other]] = [all[other] ?? '', all[at] ?? ''];
  }),
  'indented otherwise': lines((all, at, random) => {
    const by = random.int(9) - 4;
    const until = at + 1 + random.int(6);
    for (let line = at; line < Math.min(until, all.length); line++) {
      const text = all[line] ?? '';
      all[line] = by < 0 ? text.replace(new RegExp(`^ {0,${-by}}`), '') : ' '.repeat(by) + text;
    }
  }),
  'indented with tabs': lines((all, at) => {
    all[at] = (all[at] ?? '').replace(/^( {2})+/, (spaces) => '\t'.repeat(spaces.length / 2));
  }),
  'bytes are others': (text, random) => {
    const bytes = Buffer.from(text);
    for (let count = 1 + random.int(3); count > 0 && bytes.length > 0; count--) {
      bytes[random.int(bytes.length)] = random.int(256);
    }
    return bytes.toString();
  },
  'a bit is another': (text, random) => {
    const bytes = Buffer.from(text);
    const at = random.int(Math.max(1, bytes.length));
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(7));
    return bytes.toString();
  },
  'characters are gone': (text, random) => splice(text, place(text, random), 1 + random.int(4), ''),
  'something of YAML is in between': (text, random) => splice(text, place(text, random), 0, random.pick(SNIPPETS)),
  'something of YAML is there instead': (text, random) => {
    const at = place(text, random);
    const length = /^[\s:]*[^\s:]*/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
    return splice(text, at, length, ` ${random.pick(SNIPPETS)}`);
  },
  'the end is missing': (text, random) => text.slice(0, random.int(text.length + 1)),
  'the beginning is missing': (text, random) => text.slice(random.int(text.length + 1)),
  'lines of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'lines of old Macs': (text) => text.replaceAll('\n', '\r'),
  'a mark of byte order': (text) => `\ufeff${text}`,
  'a part is said again': (text, random) => {
    const at = place(text, random);
    return splice(text, place(text, random), 0, text.slice(at, at + random.int(300)));
  },
  'it is there twice': (text) => `${text}\n---\n${text}`,
};

const NAMES = Object.keys(MUTATIONS);

/** The text with one of the changes; `done` hears which. */
export function mutateText(text: string, random: Random, done: (what: string) => void): string {
  const name = random.pick(NAMES);
  done(name);
  return MUTATIONS[name]?.(text, random) ?? text;
}
