// Two texts as a unified diff (POSIX diff -u): Myers' greedy algorithm over lines, with three lines of context.
import pc from 'picocolors';

const CONTEXT = 3;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** '' when the texts are equal. Colours only where picocolors has them: at a terminal. */
export function unifiedDiff(before: string, after: string, names: readonly [before: string, after: string]): string {
  if (before === after) return '';
  const lines = diffLines(splitLines(before), splitLines(after));
  const head = [pc.bold(`--- ${names[0]}`), pc.bold(`+++ ${names[1]}`)];
  return `${[...head, ...hunks(lines).map((range) => hunkText(lines, range))].join('\n')}\n`;
}

/** A last line without line end is told as `diff` does it. */
function splitLines(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') return lines.slice(0, -1);
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''}\n\\ No newline at end of file`];
}

/** The shortest list of deletions and insertions: E. W. Myers, An O(ND) Difference Algorithm, 1986. */
function diffLines(a: readonly string[], b: readonly string[]): readonly Line[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let depth = 0; ; depth++) {
    trace.push(new Map(furthest));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      let x = startOn(furthest, diagonal, depth);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(a, b, trace);
    }
  }
}

function isDown(furthest: ReadonlyMap<number, number>, diagonal: number, depth: number): boolean {
  return diagonal === -depth || (diagonal !== depth && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
}

function startOn(furthest: ReadonlyMap<number, number>, diagonal: number, depth: number): number {
  return isDown(furthest, diagonal, depth) ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
}

function at(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const furthest = trace[depth] ?? new Map<number, number>();
    const previous = isDown(furthest, x - y, depth) ? x - y + 1 : x - y - 1;
    const startX = depth === 0 ? 0 : at(furthest, previous);
    const startY = depth === 0 ? 0 : startX - previous;
    while (x > startX && y > startY) {
      lines.push({ sign: ' ', text: a[--x] ?? '' });
      y--;
    }
    if (depth === 0) break;
    if (x === startX) lines.push({ sign: '+', text: b[--y] ?? '' });
    else lines.push({ sign: '-', text: a[--x] ?? '' });
  }
  return lines.reverse();
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Changes whose contexts meet are one hunk. */
function hunks(lines: readonly Line[]): readonly Range[] {
  const ranges: Range[] = [];
  lines.forEach(({ sign }, index) => {
    if (sign === ' ') return;
    const last = ranges.at(-1);
    const to = Math.min(lines.length, index + CONTEXT + 1);
    if (last !== undefined && index - CONTEXT <= last.to) ranges[ranges.length - 1] = { from: last.from, to };
    else ranges.push({ from: Math.max(0, index - CONTEXT), to });
  });
  return ranges;
}

const COLOUR = { ' ': (text: string) => text, '-': pc.red, '+': pc.green };

function hunkText(lines: readonly Line[], { from, to }: Range): string {
  const side = (sign: '-' | '+'): string => {
    const count = (part: readonly Line[]): number =>
      part.filter((line) => line.sign === ' ' || line.sign === sign).length;
    const length = count(lines.slice(from, to));
    const start = count(lines.slice(0, from)) + (length === 0 ? 0 : 1);
    return `${sign}${start}${length === 1 ? '' : `,${length}`}`;
  };
  const body = lines.slice(from, to).map(({ sign, text }) => COLOUR[sign](sign + text));
  return [pc.cyan(`@@ ${side('-')} ${side('+')} @@`), ...body].join('\n');
}
