// In which style the server writes a text as YAML: plain where nobody would read it as something else, then single quotes,
// double quotes or a block (the choices of the YAML 1.1 library of Go, github.com/yaml/go-yaml v2).

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** What only a plain text could be taken for. */
const WORDS = new Set([
  ...['', '~', 'null', 'y', 'n', 'yes', 'no', 'true', 'false', 'on', 'off'].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]),
  ...['.nan', '.NaN', '.NAN'],
  ...['', '+', '-'].flatMap((sign) => ['.inf', '.Inf', '.INF'].map((word) => sign + word)),
]);
const INTEGER = /^[-+]?(0|[1-9]\d*|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?(?:[Tt]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:\.\d+)?)?$/;

/** `isKey`: keys stand in one line and have no blocks. */
export function scalarStyle(text: string, isKey: boolean): ScalarStyle {
  const shape = shapeOf(text);
  if (text.includes('\n')) return shape.mayBlock && !isKey ? 'block' : 'double';
  if (isTakenForOther(text)) return 'double';
  if (shape.mayBePlain) return 'plain';
  return shape.mayBeSingle ? 'single' : 'double';
}

function isTakenForOther(text: string): boolean {
  if (WORDS.has(text) || BASE_60.test(text)) return true;
  if (text.startsWith('.')) return FLOAT.test(text) && Number.isFinite(Number(text));
  if (!/^[-+\d]/.test(text)) return false;
  const digits = text.replaceAll('_', '');
  return TIMESTAMP.test(text) || INTEGER.test(digits) || (FLOAT.test(digits) && Number.isFinite(Number(digits)));
}

interface Shape {
  readonly mayBePlain: boolean;
  readonly mayBeSingle: boolean;
  readonly mayBlock: boolean;
}

/** Indicators of YAML at the start, `: ` and ` #` inside. */
const INDICATOR = /^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?=[\s]|$)|---|\.\.\.)|:(?=\s|$)|\s#/;

function shapeOf(text: string): Shape {
  const hasSpecial = hasUnprintable(text) || / [\n\r]/.test(text);
  const hasBreakSpace = /[\n\r] /.test(text);
  const isEdgy = /^[ \n\r]|[ \n\r]$/.test(text);
  return {
    mayBePlain: !isEdgy && !hasSpecial && !/[\n\r]/.test(text) && !INDICATOR.test(text),
    mayBeSingle: !hasSpecial && !hasBreakSpace,
    mayBlock: !hasSpecial && !text.endsWith(' '),
  };
}

/** What the library writes as it is: no control characters, nothing beyond the basic plane. */
export function isPrintable(code: number): boolean {
  if (code < 0x80) return code === 0x0a || (code >= 0x20 && code <= 0x7e);
  if (code < 0xa0 || code > 0xffff) return false;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfeff && code < 0xfffe;
}

function hasUnprintable(text: string): boolean {
  for (const character of text) if (!isPrintable(character.codePointAt(0) ?? 0)) return true;
  return false;
}
