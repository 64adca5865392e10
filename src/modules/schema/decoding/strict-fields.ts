// Fields that strict decoding does not accept, found in the text: JSON.parse takes the last of two equal fields silently.
import { type TypeSchema } from '../types/type-schema';

/** The decoder keeps no more. */
const MAX_PROBLEMS = 100;

const STRING = /"(?:[^"\\]|\\.)*"/y;
const SPACE = /[\s]*/y;
const SCALAR = /[^,\]}\s]+/y;

/**
 * `unknown field "spec.x"` and `duplicate field "spec.y"`, in the order of the text, which must be JSON. Without a schema
 * (custom resources) only duplicates: what a CRD does not know is told by `unknownFields`.
 */
export function strictFieldProblems(text: string, schema: TypeSchema | undefined): readonly string[] {
  const scan = new StrictScan(text);
  scan.value(schema, '', schema === undefined ? 'duplicates' : 'all');
  return scan.problems.slice(0, MAX_PROBLEMS);
}

/** What is looked for below a place; nothing below a field that is unknown or kept as it is. */
type Search = 'all' | 'duplicates' | 'nothing';

class StrictScan {
  readonly problems: string[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  value(schema: TypeSchema | undefined, path: string, search: Search): void {
    this.skip(SPACE);
    const next = this.text[this.at];
    if (next === '{') this.object(schema, path, search);
    else if (next === '[') this.list(schema, path, search);
    else if (next === '"') this.skip(STRING);
    else this.skip(SCALAR);
    this.skip(SPACE);
  }

  private object(schema: TypeSchema | undefined, path: string, search: Search): void {
    const seen = new Set<string>();
    this.each('}', () => {
      const name = JSON.parse(this.skip(STRING)) as string;
      this.skip(SPACE);
      this.at++;
      const childPath = path === '' ? name : `${path}.${name}`;
      const known = schema?.properties?.get(name) ?? schema?.additionalProperties;
      const isUnknown = search === 'all' && known === undefined;
      if (isUnknown) this.add('unknown', childPath);
      else if (search !== 'nothing' && seen.has(name)) this.add('duplicate', childPath);
      seen.add(name);
      const isKept = known?.keepsUnknown === true && search === 'all';
      this.value(known, childPath, isUnknown || isKept ? 'nothing' : search);
    });
  }

  private list(schema: TypeSchema | undefined, path: string, search: Search): void {
    let index = 0;
    this.each(']', () => this.value(schema?.items, `${path}[${index++}]`, search));
  }

  /** Items up to the closing bracket; the text is at the opening one. */
  private each(close: string, item: () => void): void {
    this.at++;
    this.skip(SPACE);
    while (this.at < this.text.length && this.text[this.at] !== close) {
      item();
      if (this.text[this.at] === ',') this.at++;
      this.skip(SPACE);
    }
    this.at++;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    // Never stands still, whatever the text is.
    this.at += found === '' && pattern !== SPACE ? 1 : found.length;
    return found === '' && pattern === STRING ? '""' : found;
  }

  private add(kind: 'unknown' | 'duplicate', path: string): void {
    const problem = `${kind} field ${JSON.stringify(path)}`;
    if (this.problems.length < MAX_PROBLEMS && !this.problems.includes(problem)) this.problems.push(problem);
  }
}
