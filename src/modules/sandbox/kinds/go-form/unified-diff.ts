// The difference of two texts as hunks of lines with three lines around them, found the way of Ratcliff and Obershelp:
// the longest common run of lines first, then what is before and behind it.

/** A run of equal lines: where it begins in either text, and how many lines it has. */
interface Run {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

/** What becomes of lines `a1..a2` of the first text: lines `b1..b2` of the second. */
interface Change {
  readonly isEqual: boolean;
  readonly a1: number;
  readonly a2: number;
  readonly b1: number;
  readonly b2: number;
}

const CONTEXT = 3;
/** In long texts a line that makes up more than a hundredth of it starts no run. */
const LONG = 200;

/** '' for equal texts; else hunks, each with its `@@` line, without names of files. */
export function unifiedDiff(before: string, after: string): string {
  const a = before.split('\n');
  const b = after.split('\n');
  return hunksOf(changesOf(matchingRuns(a, b), a.length, b.length))
    .map((hunk) => hunkText(hunk, a, b))
    .join('');
}

function hunkText(hunk: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (first === undefined || last === undefined) return '';
  const lines = [`@@ -${range(first.a1, last.a2)} +${range(first.b1, last.b2)} @@`];
  for (const { isEqual, a1, a2, b1, b2 } of hunk) {
    if (isEqual) lines.push(...a.slice(a1, a2).map((line) => ` ${line}`));
    else {
      lines.push(...a.slice(a1, a2).map((line) => `-${line}`), ...b.slice(b1, b2).map((line) => `+${line}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

function range(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  // An empty range is named by the line before it.
  return `${length === 0 ? start : start + 1},${length}`;
}

function matchingRuns(a: readonly string[], b: readonly string[]): readonly Run[] {
  const places = placesOf(b);
  const runs: Run[] = [];
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [a1, a2, b1, b2] = part;
    const run = longestRun(a, b, places, part);
    if (run.size === 0) continue;
    runs.push(run);
    open.push([a1, run.a, b1, run.b], [run.a + run.size, a2, run.b + run.size, b2]);
  }
  return runs.sort((one, other) => one.a - other.a || one.b - other.b);
}

/** Where each line stands in the second text. */
function placesOf(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  b.forEach((line, index) => {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  });
  if (b.length < LONG) return places;
  const limit = Math.floor(b.length / 100) + 1;
  for (const [line, found] of places) if (found.length > limit) places.delete(line);
  return places;
}

/** The first of the longest runs within the bounds; lines that start no run may lengthen one. */
function longestRun(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [a1, a2, b1, b2]: readonly [number, number, number, number],
): Run {
  let best: Run = { a: a1, b: b1, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = a1; i < a2; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i] ?? '') ?? []) {
      if (j < b1) continue;
      if (j >= b2) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  let { a: startA, b: startB, size } = best;
  while (startA > a1 && startB > b1 && a[startA - 1] === b[startB - 1]) {
    startA--;
    startB--;
    size++;
  }
  while (startA + size < a2 && startB + size < b2 && a[startA + size] === b[startB + size]) size++;
  return { a: startA, b: startB, size };
}

function changesOf(runs: readonly Run[], lengthA: number, lengthB: number): readonly Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  for (const { a, b, size } of [...runs, { a: lengthA, b: lengthB, size: 0 }]) {
    if (i < a || j < b) changes.push({ isEqual: false, a1: i, a2: a, b1: j, b2: b });
    [i, j] = [a + size, b + size];
    const last = changes.at(-1);
    // Runs that touch are one.
    if (size > 0 && last?.isEqual === true && last.a2 === a && last.b2 === b) {
      changes[changes.length - 1] = { ...last, a2: i, b2: j };
    } else if (size > 0) changes.push({ isEqual: true, a1: a, a2: i, b1: b, b2: j });
  }
  return changes;
}

/** Changes with at most three equal lines at either side; more than six between two changes part them. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  let hunk: Change[] = [];
  changes.forEach((change, index) => {
    if (!change.isEqual) return void hunk.push(change);
    const { a1, a2, b1, b2 } = change;
    const isFirst = index === 0;
    const isLast = index === changes.length - 1;
    const head = { ...change, a2: Math.min(a2, a1 + CONTEXT), b2: Math.min(b2, b1 + CONTEXT) };
    const tail = { ...change, a1: Math.max(a1, a2 - CONTEXT), b1: Math.max(b1, b2 - CONTEXT) };
    if (isFirst) return void hunk.push(tail);
    if (isLast) return void hunk.push(head);
    if (a2 - a1 <= 2 * CONTEXT) return void hunk.push(change);
    hunks.push([...hunk, head]);
    hunk = [tail];
  });
  return [...hunks, hunk].filter((each) => each.some(({ isEqual }) => !isEqual));
}
