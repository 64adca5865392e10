// Fields that strict decoding does not accept, found in the text: JSON.parse takes the last of two equal fields silently.
import { JsonCursor, SCALAR, STRING } from '../../common';
import { type TypeSchema } from '../types/type-schema';

/** The decoder keeps no more. */
const MAX_PROBLEMS = 100;

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
  private readonly cursor: JsonCursor;

  constructor(text: string) {
    this.cursor = new JsonCursor(text);
  }

  value(schema: TypeSchema | undefined, path: string, search: Search): void {
    const next = this.cursor.next();
    if (next === '{') this.object(schema, path, search);
    else if (next === '[') this.list(schema, path, search);
    else this.cursor.take(next === '"' ? STRING : SCALAR);
  }

  private object(schema: TypeSchema | undefined, path: string, search: Search): void {
    const seen = new Set<string>();
    this.cursor.members((name) => {
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
    this.cursor.items(() => this.value(schema?.items, `${path}[${index++}]`, search));
  }

  private add(kind: 'unknown' | 'duplicate', path: string): void {
    const problem = `${kind} field ${JSON.stringify(path)}`;
    if (this.problems.length < MAX_PROBLEMS && !this.problems.includes(problem)) this.problems.push(problem);
  }
}
