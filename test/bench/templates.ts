// The template rows: compile and evaluation in this process and in a Go program, in turn, and the memory of many
// compiled templates.
import { execFileSync } from 'node:child_process';
import { ManualClock } from '../../src/modules/common';
import { compileTemplate } from '../../src/modules/expression';
import { buildGoProgram } from './go-program';
import { heapAfterCollection } from './heap';
import { TEMPLATE_PROGRAMS, type TemplateProgram, type TemplateProgramName } from './template-programs';

/** Nanoseconds of CPU time of one compile and of one evaluation. */
export interface TemplateSpeed {
  readonly compileNs: number;
  readonly evaluateNs: number;
}

export interface TemplateRound {
  readonly ours: TemplateSpeed;
  readonly go: TemplateSpeed;
}

export interface TemplateRun {
  readonly programs: Readonly<Record<TemplateProgramName, readonly TemplateRound[]>>;
  /** MiB of 10,000 compiled templates of 200 characters. */
  readonly memoryMiB: readonly number[];
}

const ROUNDS = 7;
const SAMPLE_MS = 200;
const MANY = 10_000;
const NAMES = Object.keys(TEMPLATE_PROGRAMS) as TemplateProgramName[];
const CONTEXT = { clock: new ManualClock(), random: { next: () => 0.5 } };

export function measureTemplates(): TemplateRun {
  const binary = buildGoProgram('template-go');
  const memoryMiB = [memoryOfMany(), memoryOfMany(), memoryOfMany()];
  const programs = Object.fromEntries(NAMES.map((name) => [name, [] as TemplateRound[]])) as Record<
    TemplateProgramName,
    TemplateRound[]
  >;
  // Our first samples warm the code up, as the start of Go's do for its caches.
  for (const name of NAMES) ourSpeed(TEMPLATE_PROGRAMS[name]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of NAMES) {
      const program = TEMPLATE_PROGRAMS[name];
      programs[name].push({ ours: ourSpeed(program), go: goSpeed(binary, program) });
    }
  }
  return { programs, memoryMiB };
}

function ourSpeed({ text, data }: TemplateProgram): TemplateSpeed {
  const template = compileTemplate(text);
  return {
    compileNs: nanoseconds(() => compileTemplate(text)),
    evaluateNs: nanoseconds(() => template.resolve(data, CONTEXT)),
  };
}

/** Throws when Go prints something else: then both did not do the same work. */
function goSpeed(binary: string, { name, text, data }: TemplateProgram): TemplateSpeed {
  const input = JSON.stringify({ text, data, ms: SAMPLE_MS });
  const answer = JSON.parse(execFileSync(binary, { input, encoding: 'utf8' })) as TemplateSpeed & { output: string };
  const ours = compileTemplate(text).execute(data, CONTEXT);
  if (ours !== answer.output) throw new Error(`${name}: Go prints ${answer.output}, ours prints ${ours}`);
  return { compileNs: answer.compileNs, evaluateNs: answer.evaluateNs };
}

/** Results go here, so that no compiler can leave the work out. */
const sink: { last?: unknown } = {};

/** Of CPU time, of all threads: others on the machine do not count, the collector does. */
function nanoseconds(run: () => unknown): number {
  for (const began = performance.now(); performance.now() - began < SAMPLE_MS / 4;) sink.last = run();
  let count = 0;
  const before = process.cpuUsage();
  for (const began = performance.now(); performance.now() - began < SAMPLE_MS;) {
    for (let i = 0; i < 16; i++) sink.last = run();
    count += 16;
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / count;
}

/** Each has a text of its own, as in a Katalog. */
function memoryOfMany(): number {
  const { text } = TEMPLATE_PROGRAMS.twoHundred;
  const before = heapAfterCollection();
  const many = Array.from({ length: MANY }, (_, i) => compileTemplate(text.replace('svc', `s${i % 10}${i}`)));
  const after = heapAfterCollection();
  sink.last = many.length;
  return (after - before) / 2 ** 20;
}
