import { OrkestraError, type SourcePosition } from '../../common';

export interface TemplateSpot {
  /** Offset in the template text. */
  readonly offset: number;
  readonly position?: SourcePosition;
}

/** The text is not a template. `position` is the place in the user's file when the caller can tell. */
export class TemplateSyntaxError extends OrkestraError {
  readonly offset: number;

  constructor(
    readonly reason: string,
    spot: TemplateSpot,
  ) {
    super({ code: 'TEMPLATE_SYNTAX', kind: 'UserError', message: `template: ${reason}`, ...positionOf(spot) });
    this.name = 'TemplateSyntaxError';
    this.offset = spot.offset;
  }
}

/** The template failed on this data. Values never stand in the message, only types and paths. */
export class TemplateExecutionError extends OrkestraError {
  readonly offset: number;

  constructor(
    readonly reason: string,
    spot: TemplateSpot,
    cause?: unknown,
  ) {
    super({
      code: 'TEMPLATE_EXECUTION',
      kind: 'UserError',
      message: `template: ${reason}`,
      cause,
      ...positionOf(spot),
    });
    this.name = 'TemplateExecutionError';
    this.offset = spot.offset;
  }
}

/** Thrown inside evaluation; the compiled template adds the position. */
export class EvaluationFailure extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

function positionOf(spot: TemplateSpot): { readonly position?: SourcePosition } {
  return spot.position === undefined ? {} : { position: spot.position };
}
