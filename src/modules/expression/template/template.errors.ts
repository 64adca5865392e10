import { OrkestraError, type SourcePosition } from '../../common';

export interface TemplateSpot {
  /** Offset in the template text. */
  readonly offset: number;
  readonly position?: SourcePosition;
  /** The line of the template with a caret under the offset, for people. */
  readonly excerpt: string;
}

/** The text is not a template. `position` is the place in the user's file when the caller can tell. */
export class TemplateSyntaxError extends OrkestraError {
  readonly offset: number;
  readonly excerpt: string;

  constructor(
    readonly reason: string,
    spot: TemplateSpot,
    /** Further mistakes in the same text. */
    readonly others: readonly TemplateSyntaxError[] = [],
  ) {
    super({ code: 'TEMPLATE_SYNTAX', kind: 'UserError', message: `template: ${reason}`, ...positionOf(spot) });
    this.name = 'TemplateSyntaxError';
    this.offset = spot.offset;
    this.excerpt = spot.excerpt;
  }

  /** The same error that knows of others. */
  with(others: readonly TemplateSyntaxError[]): TemplateSyntaxError {
    return new TemplateSyntaxError(this.reason, this, others);
  }
}

const HEAD = 250;
const TAIL = 150;

/**
 * In one line of bounded length, for conditions and Events: a function may repeat a long text of the data, and notes
 * that call notes stand one behind the other. Where it happened stands in front, what happened at the end.
 */
function oneLine(reason: string): string {
  const cut = reason.length > HEAD + TAIL ? `${reason.slice(0, HEAD)} … ${reason.slice(-TAIL)}` : reason;
  return cut.replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * The template failed on this data. The message is one line; `reason` is as Go says it. Data stands in it only where
 * a function or Go itself names what it refuses.
 */
export class TemplateExecutionError extends OrkestraError {
  readonly offset: number;
  readonly excerpt: string;

  constructor(
    readonly reason: string,
    spot: TemplateSpot,
    cause?: unknown,
  ) {
    super({
      code: 'TEMPLATE_EXECUTION',
      kind: 'UserError',
      message: `template: ${oneLine(reason)}`,
      cause,
      ...positionOf(spot),
    });
    this.name = 'TemplateExecutionError';
    this.offset = spot.offset;
    this.excerpt = spot.excerpt;
  }
}

/** Thrown inside evaluation; the compiled template adds the position. */
export class EvaluationFailure extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
    /** Excerpts of the notes in which it happened, from the caller's down: more lines for people. */
    readonly trail = '',
  ) {
    super(reason);
  }
}

function positionOf(spot: TemplateSpot): { readonly position?: SourcePosition } {
  return spot.position === undefined ? {} : { position: spot.position };
}

/** The line of the template with a caret, when a template is at the bottom of an error; for people. */
export function excerptOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TemplateExecutionError) return cause.excerpt;
  }
  return undefined;
}
