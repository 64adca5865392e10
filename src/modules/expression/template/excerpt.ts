// The line of a template with a caret under the place of a mistake.

const MAX_WIDTH = 100;

/** Two lines that follow a message, each with a line end in front; a long line is cut around the place. */
export function excerpt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? undefined : end);
  const from = Math.max(0, Math.min(offset - start - MAX_WIDTH / 2, line.length - MAX_WIDTH));
  const shown = `${from > 0 ? '…' : ''}${line.slice(from, from + MAX_WIDTH)}${from + MAX_WIDTH < line.length ? '…' : ''}`;
  const before = [...line.slice(from, offset - start)].map((character) => (character === '\t' ? '\t' : ' ')).join('');
  return `\n    ${shown}\n    ${from > 0 ? ' ' : ''}${before}^`;
}
