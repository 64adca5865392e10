// The part of client-go's JSONPath that printer columns use: members, indexes, wildcards, filters on one member.
import { isJsonArray, isJsonObject, isNumber, type JsonValue, scalarText } from '../../common';

type Step = (value: JsonValue) => readonly JsonValue[];

const MEMBER = /^\.?((?:\\.|[^.[\]\\])+)/;
const BRACKET = /^\.?\[('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\*|-?\d+|\?\([^)]*\))\]/;
const FILTER = /^\?\(\s*@\.([\w\\.-]+)\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*\)$/;

/** Everything that the path finds; an unreadable path finds nothing. */
export function compileJsonPath(path: string): (value: JsonValue) => readonly JsonValue[] {
  const steps = parse(path);
  if (steps === undefined) return () => [];
  return (value) => steps.reduce<readonly JsonValue[]>((found, step) => found.flatMap(step), [value]);
}

function parse(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path.replace(/^\{|\}$/g, '').replace(/^\$/, '');
  while (rest !== '' && rest !== '.') {
    const bracket = BRACKET.exec(rest);
    const match = bracket ?? MEMBER.exec(rest);
    if (match?.[1] === undefined) return undefined;
    steps.push(bracket === null ? member(match[1].replace(/\\(.)/g, '$1')) : inBrackets(match[1]));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

function member(name: string): Step {
  if (name === '*') return all;
  return (value) => {
    const found = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return found === undefined ? [] : [found];
  };
}

function all(value: JsonValue): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return isJsonObject(value) ? Object.values(value).filter((item): item is JsonValue => item !== undefined) : [];
}

function inBrackets(content: string): Step {
  if (content === '*') return all;
  if (/^['"]/.test(content)) return member(content.slice(1, -1).replace(/\\(.)/g, '$1'));
  if (content.startsWith('?')) return filter(content);
  const index = Number(content);
  return (value) => {
    const found = isJsonArray(value) ? value.at(index) : undefined;
    return found === undefined ? [] : [found];
  };
}

function filter(content: string): Step {
  const match = FILTER.exec(content);
  if (match === null) return () => [];
  const [, name = '', operator = '', literal = ''] = match;
  const find = compileJsonPath(`.${name}`);
  const wanted = literal.replace(/^(['"])(.*)\1$/, '$2');
  return (value) =>
    isJsonArray(value) ? value.filter((item) => find(item).some((found) => compare(found, operator, wanted))) : [];
}

function compare(found: JsonValue, operator: string, wanted: string): boolean {
  const text = scalarText(found);
  const [a, b] = isNumber(found) ? [found, Number(wanted)] : [text, wanted];
  switch (operator) {
    case '==':
      return text === wanted;
    case '!=':
      return text !== wanted;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
