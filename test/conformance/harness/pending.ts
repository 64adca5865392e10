// Cases that the sandbox does not answer as the real server yet: written by a run with ORK_UPDATE_PENDING=1, checked in
// both directions by every other run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TopicName } from './conformance-case';

const FILE = join(__dirname, '..', 'pending.generated.json');
const DOCUMENT = join(__dirname, '../../..', 'docs', 'sandbox.md');
const SECTION = /(<!-- conformance:begin -->\n)[^]*?(<!-- conformance:end -->)/;

export type PendingCases = Partial<Readonly<Record<TopicName, readonly string[]>>>;

export function readPending(): PendingCases {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as PendingCases) : {};
}

export function writePending(pending: PendingCases): void {
  writeFileSync(FILE, `${JSON.stringify(pending, undefined, 2)}\n`);
}

/** How many cases of a topic there are, and how many of them are answered as the real server answers. */
export interface TopicScore {
  readonly topic: TopicName;
  readonly cases: number;
  readonly equal: number;
}

/** Whether docs/sandbox.md says these numbers. */
export function isDocumented(scores: readonly TopicScore[]): boolean {
  return readFileSync(DOCUMENT, 'utf8').includes(table(scores));
}

export function writeDocument(scores: readonly TopicScore[]): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  writeFileSync(DOCUMENT, text.replace(SECTION, `$1\n${table(scores)}\n$2`));
}

function table(scores: readonly TopicScore[]): string {
  const sum = (of: 'cases' | 'equal'): number => scores.reduce((total, score) => total + score[of], 0);
  const line = (...cells: readonly (string | number)[]): string =>
    `| ${[String(cells[0]).padEnd(9), ...cells.slice(1).map((cell) => String(cell).padStart(5))].join(' | ')} |\n`;
  return [
    line('Topic', 'Cases', 'Equal'),
    '| --------- | ----: | ----: |\n',
    ...scores.map(({ topic, cases, equal }) => line(topic, cases, equal)),
    line('all', sum('cases'), sum('equal')),
  ].join('');
}
