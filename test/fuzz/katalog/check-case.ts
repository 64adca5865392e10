// One mutated file through everything that a load does, and what has to hold whatever it says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KatalogInvalidError, type Problem, ProblemList, stableStringify } from '../../../src/modules/common';
import {
  type CompiledKatalog,
  deriveRuntimeRules,
  loadKatalog,
  loadMotif,
  migrateText,
  parseYamlDocuments,
  type SourceFetcher,
  toJson,
  toYaml,
} from '../../../src/modules/katalog';
import { type Project } from './projects';
import { serve, textAt } from './served';

/** One mutated file of a project. */
export interface Mutant {
  readonly project: Project;
  /** Relative. */
  readonly file: string;
  readonly text: string;
  /** Whether it is loaded a second time, for the same answer. */
  readonly isRepeated: boolean;
}

/** `kind` stays the same while a case is made smaller. */
export interface Failure {
  readonly kind: string;
  readonly detail: string;
}

export interface Verdict {
  readonly failures: readonly Failure[];
  readonly outcome: 'compiled' | 'refused';
}

/** More than this of the processor in three runs of one case is a hang. */
const MAX_CPU_MS = 1_000;
const MAX_MESSAGE = 2_100;
/** C0, C1, and what breaks a line or turns its direction. */

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const INTERNAL =
  /\bundefined\b(?! variable)|\[object |\bNaN\b|TypeError|RangeError|Cannot (read|convert)|is not (a function|iterable)|Maximum call stack|\.(ts|js):\d/;

interface Loaded {
  readonly katalogs: readonly CompiledKatalog[];
  readonly problems: readonly Problem[];
  /** Everything that came out, as a text. */
  readonly summary: string;
}

const environment = { FEED_TOKEN: 'secret', NAME: 'teams/page.yaml' };

export async function checkCase(mutant: Mutant): Promise<Verdict> {
  const path = join(mutant.project.folder, mutant.file);
  const failures: Failure[] = [];
  const fail = (kind: string, detail: string): void => void failures.push({ kind, detail });
  writeFileSync(path, mutant.text);
  try {
    const loaded = await timed(() => load(mutant), fail);
    const again = mutant.isRepeated ? await load(mutant) : loaded;
    if (again.summary !== loaded.summary) {
      fail('another answer at the second time', difference(loaded.summary, again.summary));
    }
    for (const problem of loaded.problems) checkProblem(problem, mutant, fail);
    for (const katalog of loaded.katalogs) checkKatalog(katalog, fail);
    await checkMigration(mutant, path, loaded, fail);
    return { failures, outcome: loaded.katalogs.length > 0 ? 'compiled' : 'refused' };
  } catch (error) {
    const { message, stack = message } = error as Error;
    fail(`thrown: ${message.split('\n', 1)[0] ?? ''}`, stack);
    return { failures, outcome: 'refused' };
  } finally {
    writeFileSync(path, mutant.project.files.get(mutant.file) ?? '');
  }
}

/** The processor's time, and not the clock: the machine may be busy with something else. */
async function timed<T>(work: () => Promise<T>, fail: (kind: string, detail: string) => void): Promise<T> {
  let result: T | undefined;
  let least = Infinity;
  for (let run = 0; run < 3 && least > MAX_CPU_MS; run++) {
    const before = process.cpuUsage();
    result = await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  if (least > MAX_CPU_MS) fail('slow', `${Math.round(least)} ms of the processor`);
  return result as T;
}

async function load({ project, file, text }: Mutant): Promise<Loaded> {
  const katalogs: CompiledKatalog[] = [];
  const problems: Problem[] = [];
  const parts: unknown[] = [];
  const fetcher: SourceFetcher = (request) => serve(project, request);
  const sources = { fetcher, signal: new AbortController().signal, environment };
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      parts.push(await work());
    } catch (error) {
      if (!(error instanceof KatalogInvalidError)) throw error;
      if (error.problems.length === 0) throw new Error('refused without a problem');
      problems.push(...error.problems, ...error.warnings);
    }
  };
  for (const entry of entriesOf(project, file)) {
    await attempt(async () => {
      const katalog = await loadKatalog([join(project.folder, entry)], sources);
      katalogs.push(katalog);
      problems.push(...katalog.warnings, ...katalog.unrunnable);
      return [
        katalog.hash,
        katalog.crds.map(({ name }) => name),
        deriveRuntimeRules(katalog),
        toYaml(katalog.expanded),
      ];
    });
  }
  if (/^kind: *Motif/m.test(text)) {
    await attempt(async () => {
      const { motif, warnings, unrunnable } = await loadMotif(join(project.folder, file), sources);
      problems.push(...warnings, ...unrunnable);
      return motif;
    });
  }
  return { katalogs, problems, summary: JSON.stringify([problems, parts]) };
}

/** Of a project with several that don't know each other only the one that changed. */
function entriesOf({ entries }: Project, file: string): readonly string[] {
  return entries.includes(file) ? [file] : entries;
}

function checkProblem(problem: Problem, mutant: Mutant, fail: (kind: string, detail: string) => void): void {
  const { code, message, position, excerpt = '' } = problem;
  const shown = JSON.stringify({ code, message, path: problem.path, position });
  if (!/^ORK\d{4}$/.test(code)) fail('no code', shown);
  if (message.trim() === '') fail('no message', shown);
  if (UNPRINTABLE.test(message)) fail(`unprintable in ${code} ${wordsOf(message)}`, shown);
  if (UNPRINTABLE.test(problem.path)) fail(`unprintable in the path of ${code}`, shown);
  if (UNPRINTABLE.test(excerpt.replace(/[\n\t]/g, ''))) {
    fail(`unprintable in the excerpt of ${code}`, JSON.stringify(excerpt));
  }
  if (INTERNAL.test(message) && !INTERNAL.test(mutant.text)) {
    fail(`internal words in ${code} ${wordsOf(message)}`, shown);
  }
  if (message.length > MAX_MESSAGE) fail(`long message of ${code} ${wordsOf(message)}`, shown.slice(0, 300));
  for (let place: Problem['position'] | undefined = position; place !== undefined; place = place.usedAt) {
    const wrong = misplaced(place, mutant);
    if (wrong !== undefined) fail(`position of ${code} ${wordsOf(message)}`, `${wrong}: ${shown}`);
  }
}

/** Why no editor would find the place. */
function misplaced({ file, line, column }: Problem['position'], { project }: Mutant): string | undefined {
  const text = textAt(project, file);
  if (text === undefined) return 'no such file';
  const lines = text.split('\n');
  const found = lines[line - 1];
  if (!Number.isInteger(line) || found === undefined) return `no line ${line} of ${lines.length}`;
  return column >= 1 && column <= found.length + 1 ? undefined : `no column ${column} of ${found.length}`;
}

/** What a person sees with `ork template` is the Katalog that was compiled. */
function checkKatalog({ expanded }: CompiledKatalog, fail: (kind: string, detail: string) => void): void {
  const problems = new ProblemList();
  const [root] = parseYamlDocuments(toYaml(expanded), 'expanded.yaml', problems);
  const [problem] = problems.errors;
  if (problem !== undefined) fail('what it became is no YAML', problem.message);
  else if (root === undefined || stableStringify(toJson(root)) !== stableStringify(expanded)) {
    fail('what it became reads otherwise', toYaml(expanded));
  }
}

/** `ork migrate`: done once it is done; and it means what it meant. */
async function checkMigration(
  mutant: Mutant,
  path: string,
  before: Loaded,
  fail: (kind: string, detail: string) => void,
): Promise<void> {
  const { text, problems } = migrateText(mutant.text, path);
  const found = [...problems.errors, ...problems.warnings];
  for (const problem of found) checkProblem(problem, mutant, fail);
  if (problems.hasErrors && text !== mutant.text) fail('migrate changes what it refuses', text);
  if (text === mutant.text || problems.hasErrors) return;
  const again = migrateText(text, path);
  if (again.text !== text) fail('migrate changes what it wrote', again.text);
  const [left] = [...again.problems.errors, ...again.problems.warnings];
  if (left !== undefined) fail('migrate leaves something', left.message);
  if (before.katalogs.length === 0) return;
  writeFileSync(path, text);
  const after = await load({ ...mutant, text });
  const hashes = ({ katalogs }: Loaded): string => katalogs.map(({ hash }) => hash).join();
  if (hashes(after) !== hashes(before)) fail('migrate changes the meaning', text);
}

function difference(a: string, b: string): string {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return `${a.slice(Math.max(0, at - 80), at + 120)}\n${b.slice(Math.max(0, at - 80), at + 120)}`;
}

/** A message without what the user wrote. */
function wordsOf(message: string): string {
  return message
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/\d+/g, '0')
    .slice(0, 60);
}
