// What of the bench runs, and how often.
import { parseArgs } from 'node:util';
import { ROW_IDS, type RowId } from './row';

export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly rows: ReadonlySet<RowId>;
  /** Where all raw runs go as JSON. */
  readonly json: string | undefined;
  /** The Go peer reads Websites from its cache (one request less for each pass). */
  readonly isPeerCached: boolean;
  /** A loop without an engine runs beside both: the floor for a Node process. */
  readonly hasBareLoop: boolean;
}

export const USAGE = `npm run bench -- [options]
  --json FILE     write every raw run as JSON
  --quick         300 Websites, one round: for trying out
  --rounds N      rounds of each size (default 3)
  --sizes A,B     numbers of Websites (default 300,2000)
  --rows A,B      only these rows: ${ROW_IDS.join(', ')}
  --peer-cached   the Go peer reads Websites from its cache
  --bare          a Node process without an engine runs too: the floor`;

export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      sizes: { type: 'string' },
      rows: { type: 'string' },
      'peer-cached': { type: 'boolean' },
      bare: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return undefined;
  const isQuick = values.quick === true;
  return {
    json: values.json,
    sizes: (values.sizes ?? (isQuick ? '300' : '300,2000')).split(',').map(positive),
    rounds: positive(values.rounds ?? (isQuick ? '1' : '3')),
    rows: new Set((values.rows ?? ROW_IDS.join(',')).split(',').map(rowId)),
    isPeerCached: values['peer-cached'] === true,
    hasBareLoop: values.bare === true,
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`expected a number of 1 or more, found "${text}"`);
  return value;
}

function rowId(text: string): RowId {
  const found = ROW_IDS.find((id) => id === text);
  if (found === undefined) throw new Error(`there is no row "${text}"; there are ${ROW_IDS.join(', ')}`);
  return found;
}
