// A warning where real Go prints what is wrong into the output, and nowhere else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { goData } from '../template/testing/go-agreement';
import { isList, isMap, kindOf, type Value } from '../template/value';
import { type Argument } from './argument';
import { Findings } from './finding';
import { checkPrintf } from './printf-rules';
import { typeOfData } from './testing/data-type';
import { TEXT, type Type, UNKNOWN } from './type';

interface Case {
  readonly f: string;
  readonly a: readonly unknown[];
  readonly o: string;
}

const file = join(__dirname, '../template/testing/vectors/printf.json.gz');
const cases = JSON.parse(gunzipSync(readFileSync(file)).toString()) as readonly Case[];

function argument(type: Type, words: string, text?: string): Argument {
  return { type, words, offset: 0, isLiteral: false, ...(text === undefined ? {} : { text }) };
}

function warnings(format: string, types: readonly Type[]): readonly string[] {
  const findings = new Findings();
  checkPrintf([argument(TEXT, 'f', format), ...types.map((type, at) => argument(type, `.a${at}`))], findings);
  const all = findings.all();
  expect(all.every(({ severity }) => severity === 'warning')).toBe(true);
  return all.map(({ message }) => message);
}

/** The items of lists and maps decide for themselves, nil may be anything, and no type says how large a width is. */
function isSettled({ f, a }: Case): boolean {
  const values = a.map((value) => goData(value));
  const isScalar = (value: Value): boolean => !isList(value) && !isMap(value) && kindOf(value) !== 'nil';
  const isSize = (value: Value): boolean => kindOf(value) !== 'int' || (Number(value) >= 0 && Number(value) <= 1e6);
  if (f.includes('*') && !values.every(isSize)) return false;
  return !f.includes('[') && values.every(isScalar) && !values.some((value) => String(value).includes('%!'));
}

it('agrees with the output of Go for every verb, flag and kind', () => {
  const settled = cases.filter(isSettled);
  const wrong = settled.filter(({ f, a, o }) => {
    const isBad = /%!|\(BADWIDTH\)|\(BADPREC\)/.test(o);
    return (
      warnings(
        f,
        a.map((value) => typeOfData(goData(value))),
      ).length >
        0 !==
      isBad
    );
  });
  expect(settled.length).toBeGreaterThan(3_000);
  expect(wrong).toEqual([]);
});

it('says nothing of what is not known, and of formats that choose their arguments', () => {
  expect(warnings('%d and %s', [UNKNOWN, UNKNOWN])).toEqual([]);
  expect(warnings('%[2]d', [TEXT, TEXT])).toEqual([]);
});
