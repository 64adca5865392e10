// What real Go answers (test/vectors/templates): printf with every verb, and templates of every construct.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { goFormat } from './go-format';
import { answer, disagreement, goData, type GoResult } from './testing/go-agreement';

interface PrintfCase {
  readonly f: string;
  readonly a: readonly unknown[];
  readonly o: string;
}

interface TemplateCase extends GoResult {
  readonly t: string;
  readonly d: string;
}

function vectors(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(join(__dirname, 'testing/vectors', name))).toString());
}

const printf = vectors('printf.json.gz') as readonly PrintfCase[];
const { data, cases } = vectors('templates.json.gz') as {
  readonly data: Readonly<Record<string, unknown>>;
  readonly cases: readonly TemplateCase[];
};
const documents = new Map(Object.entries(data).map(([name, value]) => [name, goData(value)]));

function disagreements(wanted: readonly TemplateCase[]): readonly string[] {
  return wanted.flatMap(({ t, d, ...expected }) => {
    const found = disagreement(t, expected, answer(t, documents.get(d)));
    return found === undefined ? [] : [found];
  });
}

describe('printf as Go has it', () => {
  const verbs = [...new Set(printf.map(({ f }) => f.at(-1) ?? ''))];

  it('has thousands of cases', () => {
    expect(printf.length).toBeGreaterThan(5_000);
  });

  it.each(verbs)('formats ending in %j', (verb) => {
    const wrong = printf
      .filter(({ f }) => (f.at(-1) ?? '') === verb)
      .map(({ f, a, o }) => ({ f, a, o, ours: goFormat(f, a.map(goData)) }))
      .filter(({ o, ours }) => ours.replace(/\p{Cs}/gu, '\ufffd') !== o);
    expect(wrong).toEqual([]);
  });
});

describe('templates as Go has them', () => {
  it('has thousands of cases of every outcome', () => {
    expect(cases.length).toBeGreaterThan(5_000);
    for (const outcome of [undefined, 'parse', 'exec']) {
      expect(cases.filter(({ err }) => err === outcome).length).toBeGreaterThan(1_000);
    }
  });

  it('prints the same', () => {
    expect(disagreements(cases.filter(({ err }) => err === undefined))).toEqual([]);
  });

  it('refuses to compile the same, in the same line', () => {
    expect(disagreements(cases.filter(({ err }) => err === 'parse'))).toEqual([]);
  });

  it('fails on the same data, in the same line and column', () => {
    expect(disagreements(cases.filter(({ err }) => err === 'exec'))).toEqual([]);
  });
});
