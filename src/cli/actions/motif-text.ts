// `ork validate` of a Motif on its own, in words.
import pc from 'picocolors';
import { formatProblem } from '../../modules/common';
import { type LoadedMotif } from '../katalog/compile-here';
import { count, RULE, SYMBOL } from '../render/symbols';

/** The text to print. */
export function motifText({ motif, warnings, unrunnable }: LoadedMotif): string {
  const { name, description, inputs } = motif;
  const width = Math.max(0, ...inputs.map((input) => input.name.length));
  const lines = inputs.map((input) => {
    const given = input.required ? 'required' : `default ${JSON.stringify(input.default ?? '')}`;
    return `    ${input.name.padEnd(width)}  ${input.type}, ${given}`;
  });
  return `${[
    pc.bold('Validating Motif...'),
    '',
    `${SYMBOL.healthy} ${pc.bold(name)}${description === undefined ? '' : `  ${description}`}`,
    ...lines,
    '',
    RULE,
    `${SYMBOL.ok} Motif valid (${name}, ${count(inputs.length, 'input')})`,
    ...[...warnings, ...unrunnable].map((warning) => `${SYMBOL.warning} ${formatProblem(warning)}`),
  ].join('\n')}\n`;
}
