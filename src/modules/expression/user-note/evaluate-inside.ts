// The call of a note of the Katalog: its body runs on the data of the calling template.
import { basename } from 'node:path';
import { formatPosition, goQuote, type SourcePosition } from '../../common';
import { type Frame, spend } from '../template/frame';
import { type Program, spotIn } from '../template/program';
import { EvaluationFailure } from '../template/template.errors';
import { NO_VALUE, type Value } from '../template/value';

/** A note of the Katalog: its name, its program, and where its text stands. */
export interface NoteBody {
  readonly name: string;
  readonly text: string;
  readonly program: Program;
  readonly locate: (offset: number) => SourcePosition;
}

/**
 * The text that the body prints, without `<no value>` and white space at both ends; exactly `true` and `false` become
 * booleans, so that `{{ if myNote }}` asks what it seems to ask. A failure names the note with its place in the file,
 * and is reported at the place of the call.
 */
export function evaluateInside({ name, text, program, locate }: NoteBody): (frame: Frame, offset: number) => Value {
  const { run } = program;
  const { slots } = program.tree;
  return (frame, offset) => {
    spend(frame, offset);
    const { root, context, depth } = frame;
    const variables = new Array<Value>(slots);
    variables[0] = root;
    const inner: Frame = { dot: root, root, variables, output: '', steps: frame.steps, depth, context, at: 0 };
    try {
      run(inner);
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
      const { position, excerpt } = spotIn(text, error.offset, locate);
      const place =
        position === undefined ? '' : ` at ${formatPosition({ ...position, file: basename(position.file) })}`;
      const title = `note ${goQuote(name)}${place}`;
      throw new EvaluationFailure(`${error.reason}, in ${title}`, offset, `\n  in ${title}:${excerpt}${error.trail}`);
    }
    frame.steps = inner.steps;
    return valueOf(inner.output);
  };
}

function valueOf(output: string): Value {
  const text = output.split(NO_VALUE).join('').trim();
  return text === 'true' ? true : text === 'false' ? false : text;
}
