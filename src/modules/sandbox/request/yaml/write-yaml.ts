// JSON as the server writes YAML: keys in order, lists not indented, texts folded behind column 80. Two equal objects have
// the same text on both servers, which a general YAML library does not give.
import { isJsonArray, isJsonObject, type JsonValue } from '../../../common';
import { goFloat } from '../../../schema';
import { compareYamlKeys } from './key-order';
import { isPrintable, scalarStyle } from './scalar-style';

const WIDTH = 80;
/** Longer keys are written with a question mark. */
const MAX_SIMPLE_KEY = 128;

export function writeYaml(value: JsonValue): string {
  const writer = new YamlWriter();
  writer.node(value, { indent: 0, place: 'root' });
  return writer.text();
}

interface Place {
  readonly indent: number;
  /** Where the node begins: at the start of a line, behind `key:`, or behind `- `. */
  readonly place: 'root' | 'value' | 'item';
}

class YamlWriter {
  private readonly lines: string[] = [];
  private line = '';

  text(): string {
    return [...this.lines, this.line].join('\n') + (this.line === '' ? '' : '\n');
  }

  node(value: JsonValue, place: Place): void {
    if (isJsonArray(value) && value.length > 0) this.list(value, place);
    else if (isJsonObject(value) && Object.keys(value).length > 0) this.map(value, place);
    else this.scalar(value, place);
  }

  private list(list: readonly JsonValue[], { indent, place }: Place): void {
    if (place === 'value') this.breakLine();
    list.forEach((item, index) => {
      if (index > 0 || place === 'value') this.start(indent);
      this.line += '- ';
      this.node(item, { indent: indent + 2, place: 'item' });
      if (index < list.length - 1) this.breakLine();
    });
  }

  private map(map: { readonly [key: string]: JsonValue | undefined }, { indent, place }: Place): void {
    const inner = place === 'value' ? indent + 2 : indent;
    if (place === 'value') this.breakLine();
    const keys = Object.keys(map)
      .filter((key) => map[key] !== undefined)
      .sort(compareYamlKeys);
    keys.forEach((key, index) => {
      if (index > 0 || place === 'value') this.start(inner);
      this.key(key, inner);
      this.node(map[key] ?? null, { indent: inner, place: 'value' });
      if (index < keys.length - 1) this.breakLine();
    });
  }

  private key(key: string, indent: number): void {
    const isSimple = Buffer.byteLength(key) <= MAX_SIMPLE_KEY && !key.includes('\n');
    if (isSimple) {
      this.string(key, indent, true);
      this.line += ':';
      return;
    }
    this.line += '? ';
    this.string(key, indent + 2, false);
    this.breakLine();
    this.start(indent);
    this.line += ':';
  }

  private scalar(value: JsonValue, { indent, place }: Place): void {
    if (place === 'value') this.line += ' ';
    if (typeof value === 'string') this.string(value, place === 'item' ? indent : indent + 2, false);
    else if (typeof value === 'number') {
      this.line += Number.isInteger(value) ? BigInt(value).toString() : goFloat(value);
    } else if (isJsonArray(value)) this.line += '[]';
    else this.line += isJsonObject(value) ? '{}' : String(value);
  }

  private string(text: string, indent: number, isKey: boolean): void {
    const style = text === '' && isKey ? 'double' : scalarStyle(text, isKey);
    if (style === 'block') this.block(text, indent);
    else if (style === 'double') this.doubleQuoted(text, indent, !isKey);
    else {
      const quote = style === 'single' ? "'" : '';
      this.line += quote;
      this.folded([...text.replaceAll("'", quote + "'")], indent, !isKey);
      this.line += quote;
    }
  }

  /** A single space behind the width becomes a line break. */
  private folded(characters: readonly string[], indent: number, mayBreak: boolean): void {
    characters.forEach((character, index) => {
      const isSingle = character === ' ' && characters[index - 1] !== ' ' && characters[index + 1] !== ' ';
      const isInside = index > 0 && index < characters.length - 1;
      if (mayBreak && isSingle && isInside && this.column > WIDTH) {
        this.breakLine();
        this.start(indent);
      } else this.line += character;
    });
  }

  private doubleQuoted(text: string, indent: number, mayBreak: boolean): void {
    const characters = [...text];
    this.line += '"';
    let isBehindSpace = false;
    characters.forEach((character, index) => {
      const isInside = index > 0 && index < characters.length - 1;
      if (character === ' ' && mayBreak && !isBehindSpace && isInside && this.column > WIDTH) {
        this.breakLine();
        this.start(indent);
        if (characters[index + 1] === ' ') this.line += '\\';
      } else this.line += escaped(character);
      isBehindSpace = character === ' ';
    });
    this.line += '"';
  }

  private block(text: string, indent: number): void {
    const isEndless = !text.endsWith('\n');
    const keep = isEndless ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
    this.line += `|${/^[ \n]/.test(text) ? '2' : ''}${keep}`;
    for (const line of (isEndless ? text : text.slice(0, -1)).split('\n')) {
      this.breakLine();
      if (line !== '') {
        this.start(indent);
        this.line += line;
      }
    }
  }

  private get column(): number {
    return [...this.line].length;
  }

  private breakLine(): void {
    this.lines.push(this.line);
    this.line = '';
  }

  private start(indent: number): void {
    this.line = ' '.repeat(indent);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  if (isPrintable(code)) return character;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
