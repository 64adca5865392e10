// How the text of a status field becomes a value.
import { int64Of, type JsonValue } from '../../common';
import { type StatusFieldType } from './compiled-katalog';

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The value of a status field of this type. Undefined: it is left as it is. Throws when the text can be none. */
export function statusValue(type: StatusFieldType, text: string): JsonValue | undefined {
  switch (type) {
    case 'string':
      return text;
    case 'int':
      return text === '' ? undefined : (int64(text) ?? Math.trunc(numberOf(type, text)));
    case 'float':
      return text === '' ? undefined : numberOf(type, text);
    case 'bool':
      return truth(text);
    case 'auto':
      return infer(text);
  }
}

function numberOf(type: StatusFieldType, text: string): number {
  if (NUMBER.test(text)) return Number(text);
  throw new Error(`expected a number for type ${type}, found ${text.length} characters of text`);
}

function truth(text: string): boolean | undefined {
  if (text === '') return undefined;
  const lower = text.toLowerCase();
  if (['true', 'yes', '1'].includes(lower)) return true;
  if (['false', 'no', '0'].includes(lower)) return false;
  throw new Error('expected true or false for type bool');
}

/** A whole number with every digit; undefined for other texts, and beyond int64. */
function int64(text: string): number | bigint | undefined {
  return INTEGER.test(text) ? int64Of(BigInt(text.replace('+', ''))) : undefined;
}

function infer(text: string): JsonValue {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return int64(text) ?? (NUMBER.test(text) ? Number(text) : text);
}
