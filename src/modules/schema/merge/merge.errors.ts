import { printElement, type PathElement } from './path-element';

/** One place where a value does not fit its schema. */
export interface TypeProblem {
  /** `.spec.ports`; empty for the object itself. */
  readonly path: string;
  readonly message: string;
}

/** A value does not fit its schema, so it can't be merged. The message is the one of the API server. */
export class TypeMismatch extends Error {
  constructor(readonly problems: readonly TypeProblem[]) {
    super(printProblems(problems));
    this.name = 'TypeMismatch';
  }
}

/** Problems found below a place, told from there. */
export function below(element: PathElement, problems: readonly TypeProblem[]): readonly TypeProblem[] {
  if (problems.length === 0) return problems;
  const prefix = printElement(element);
  return problems.map((problem) => ({ path: prefix + problem.path, message: problem.message }));
}

function printProblems(problems: readonly TypeProblem[]): string {
  const texts = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return texts.length === 1 ? (texts[0] as string) : ['errors:', ...texts.map((text) => `  ${text}`)].join('\n');
}

export interface RefusalCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** A patch that is refused: what the API server answers as a Status. */
export class PatchRefused extends Error {
  constructor(
    /** HTTP status code. */
    readonly code: 400 | 409 | 413 | 422 | 500,
    /** `reason` of the Status; empty where the server sends none. */
    readonly reason: 'BadRequest' | 'Conflict' | 'RequestEntityTooLarge' | 'Invalid' | 'InternalError' | '',
    message: string,
    /** `details.causes`. */
    readonly causes: readonly RefusalCause[] = [],
  ) {
    super(message);
    this.name = 'PatchRefused';
  }
}
