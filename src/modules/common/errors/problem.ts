// A problem is one finding of the compile step. Unlike an error it is collected, not thrown: an author sees all of
// them at once, in file order.
import { OrkestraError } from './orkestra-error';
import { printable, printableLines } from './printable';
import { formatPosition, formatUse, type SourcePosition } from './source-position';

/** One finding of a load, at a place in a file. */
export interface Problem {
  /**
   * `unrunnable`: right as it is written, but no process of this version can do it. A check accepts it and says so, a run
   * refuses it (requireRunnable of katalog).
   */
  readonly severity: 'error' | 'warning' | 'unrunnable';
  /** `ORK1xxx`. */
  readonly code: string;
  readonly message: string;
  /** The line in question with a caret under the place, for people; more lines of the message. */
  readonly excerpt?: string;
  readonly position: SourcePosition;
  /** Path in the document: `spec.crds.website.operatorBox.onReconcile.deployments[0].image`. */
  readonly path: string;
}

/** Where findings go. One sink lives through a whole load. */
export class ProblemList {
  private readonly found = new Map<string, Problem>();

  /** Finding the same at the same place again says nothing new. What it quotes of a file is made printable. */
  add(found: Problem): void {
    const { excerpt } = found;
    const problem: Problem = {
      ...found,
      message: printable(found.message),
      path: printable(found.path),
      ...(excerpt === undefined ? {} : { excerpt: printableLines(excerpt) }),
    };
    const { code, message, path } = problem;
    this.found.set(
      [formatPosition(problem.position), formatUse(problem.position), code, path, message].join('\0'),
      problem,
    );
  }

  /** Everything that another list found. */
  addAll(other: ProblemList): void {
    for (const problem of other.found.values()) this.add(problem);
  }

  get errors(): readonly Problem[] {
    return this.sorted().filter((problem) => problem.severity === 'error');
  }

  get warnings(): readonly Problem[] {
    return this.sorted().filter((problem) => problem.severity === 'warning');
  }

  get unrunnable(): readonly Problem[] {
    return this.sorted().filter((problem) => problem.severity === 'unrunnable');
  }

  get hasErrors(): boolean {
    for (const { severity } of this.found.values()) if (severity === 'error') return true;
    return false;
  }

  private sorted(): Problem[] {
    return [...this.found.values()].sort(
      (a, b) =>
        compareText(a.position.file, b.position.file) ||
        a.position.line - b.position.line ||
        a.position.column - b.position.column ||
        compareText(a.code, b.code),
    );
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One line for people: `katalog.yaml:12:7: unknown field "imge" ... (spec.crds.website...)`. */
export function formatProblem(problem: Problem): string {
  const where = problem.path === '' ? '' : ` (${problem.path})`;
  return `${formatPosition(problem.position)}: ${problem.message}${where}${formatUse(problem.position)} [${problem.code}]${problem.excerpt ?? ''}`;
}

/** More than anybody reads; the first ones are most often the cause of the others. */
const MAX_SHOWN = 100;

/**
 * The load failed: carries every problem. The message is a line for each: first what has to change, then the warnings,
 * marked as such. Of very many it tells the first ones, and how many there are.
 */
export class KatalogInvalidError extends OrkestraError {
  constructor(
    readonly problems: readonly Problem[],
    readonly warnings: readonly Problem[] = [],
  ) {
    const first = problems[0];
    super({
      code: 'KATALOG_INVALID',
      kind: 'UserError',
      message: messageOf(problems, warnings),
      ...(first === undefined ? {} : { position: first.position }),
    });
    this.name = 'KatalogInvalidError';
  }
}

function messageOf(problems: readonly Problem[], warnings: readonly Problem[]): string {
  const lines = [...problems, ...warnings].slice(0, MAX_SHOWN).map(formatProblem);
  const marked = lines.map((line, index) => (index < problems.length ? line : `warning: ${line}`));
  const more = problems.length + warnings.length - lines.length;
  return [...marked, ...(more > 0 ? [`... and ${more} more; ork validate -o json lists all of them`] : [])].join('\n');
}
