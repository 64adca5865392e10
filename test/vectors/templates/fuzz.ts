// The two engines on the same programs, in batches: Go answers while ours works.
import { type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';
import {
  answer,
  disagreement,
  goData,
  type GoResult,
} from '../../../src/modules/expression/template/testing/go-agreement';
import { Generator } from './fuzz-grammar';

const BATCH = 500;
const MAX_SHOWN = 20;

/** Runs programs and prints disagreements; how many there were. */
export async function fuzz(
  go: ChildProcessByStdio<Writable, Readable, null>,
  seed: number,
  count: number,
): Promise<number> {
  const generator = new Generator(seed);
  const lines = createInterface({ input: go.stdout })[Symbol.asyncIterator]();
  const outcomes = { printed: 0, parse: 0, exec: 0 };
  let found = 0;
  for (let done = 0; done < count; done += BATCH) {
    const programs = Array.from({ length: Math.min(BATCH, count - done) }, () => generator.program());
    go.stdin.write(programs.map((program) => `${JSON.stringify(program)}\n`).join(''));
    const ours = programs.map(({ t, d }) => answer(t, goData(d)));
    for (const [index, program] of programs.entries()) {
      const line = await lines.next();
      if (line.done === true) throw new Error('Go ended early');
      const expected = JSON.parse(line.value) as GoResult;
      outcomes[expected.err ?? 'printed']++;
      const problem = disagreement(program.t, expected, ours[index] as GoResult);
      if (problem !== undefined && ++found <= MAX_SHOWN) {
        console.log(`${problem}\n  data: ${JSON.stringify(program.d)}`);
      }
    }
  }
  go.stdin.end();
  const { printed, parse, exec } = outcomes;
  console.log(`${count} programs: ${printed} printed, ${parse} did not parse, ${exec} failed; ${found} disagreements`);
  return found;
}
