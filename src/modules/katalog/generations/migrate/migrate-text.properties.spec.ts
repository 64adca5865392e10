// Random files made of rows of the table, in random style: what `ork migrate` writes means what the load reads.
import fc from 'fast-check';
import { Document, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, ProblemList } from '../../../common';
import { parseYamlDocuments } from '../../source/parse-yaml';
import { toJson } from '../../source/to-json';
import { normalise } from '../normalise';
import { SPELLINGS } from '../spellings';
import { nestedAt } from '../testing/nested-at';
import { migrateText } from './migrate-text';
import { commentsOf } from './yaml-text';

interface Choice {
  readonly row: number;
  readonly pattern: number;
  readonly isOld: boolean;
  readonly value: JsonValue;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  row: fc.nat(SPELLINGS.length - 1),
  pattern: fc.nat(100),
  isOld: fc.boolean(),
  value: fc.constantFrom<JsonValue>(1, 'a, b', 'two\nlines\n', [], {}, { x: 1 }, [{ y: '# no comment' }, 2], null, {
    z: { y: ['}'] },
  }),
});

function merge(a: JsonValue, b: JsonValue): JsonValue {
  if (isJsonObject(a) && isJsonObject(b)) {
    const merged: Record<string, JsonValue> = Object.fromEntries(
      Object.entries(a).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    for (const [key, value] of Object.entries(b)) {
      if (value === undefined) continue;
      const first = Object.hasOwn(merged, key) ? merged[key] : undefined;
      merged[key] = first === undefined ? value : merge(first, value);
    }
    return merged;
  }
  if (isJsonArray(a) && isJsonArray(b) && a.length === 1 && b.length === 1) return [merge(a[0] ?? null, b[0] ?? null)];
  return a;
}

function dataOf(choices: readonly Choice[]): JsonObject {
  const parts = choices.map(({ row, pattern, isOld, value }) => {
    const { place, old, canonical } = SPELLINGS[row] ?? SPELLINGS[0]!;
    return nestedAt(place.patterns[pattern % place.patterns.length] ?? '', isOld ? old : canonical, value);
  });
  return { kind: 'Katalog', ...(parts.reduce(merge, { metadata: { name: 'x' } }) as JsonObject) };
}

/** Braces, comments and blank lines where the bits say so. */
function written(data: JsonObject, bits: readonly number[], hasComments: boolean): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  let next = 0;
  const bit = (): number => bits[next++ % bits.length] ?? 0;
  visit(document, (_key, node) => {
    if ((isMap(node) || isSeq(node)) && node !== document.contents) node.flow = bit() % 5 === 0;
    if (isPair(node) && isScalar(node.key)) {
      const kind = bit();
      if (hasComments && kind % 3 === 0) node.key.commentBefore = ` about ${kind}`;
      if (hasComments && kind % 4 === 0) node.key.spaceBefore = true;
    }
  });
  return document.toString({ indentSeq: bit() % 2 === 0, indent: bit() % 2 === 0 ? 2 : 4, lineWidth: 0 });
}

function check(choices: readonly Choice[], bits: readonly number[], hasComments: boolean): boolean {
  const text = written(dataOf(choices), bits, hasComments);
  const [root] = parseYamlDocuments(text, 'k.yaml', new ProblemList());
  // The printer puts blank lines into braces in ways that no parser reads.
  fc.pre(root?.kind === 'map');
  const problems = new ProblemList();
  const expected = normalise(root, problems);
  const { text: after, problems: told } = migrateText(text, 'k.yaml');
  if (told.hasErrors) {
    expect(after).toBe(text);
    const codes = told.errors.map(({ code }) => code);
    // Comments in braces are the one thing that random files have and that can't always be kept.
    expect([text, problems.hasErrors || (hasComments && codes[0] === 'ORK1504')]).toEqual([text, true]);
    return codes[0] !== 'ORK1504';
  }
  const [migrated] = parseYamlDocuments(after, 'k.yaml', new ProblemList());
  expect([text, migrated === undefined ? undefined : toJson(migrated)]).toEqual([text, toJson(expected)]);
  expect(migrateText(after, 'k.yaml')).toMatchObject({ text: after, problems: new ProblemList() });
  expect([text, commentsOf(after)]).toEqual([text, commentsOf(text)]);
  return true;
}

const bits = fc.array(fc.nat(60), { minLength: 1, maxLength: 40 });

describe('any file of rows of the table', () => {
  it('means after the rewriting what the load makes of it', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 8 }), bits, (choices, style) => {
        check(choices, style, false);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its comments, or is left as it is', () => {
    let done = 0;
    const runs = 60;
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 8 }), bits, (choices, style) => {
        if (check(choices, style, true)) done++;
      }),
      { numRuns: runs },
    );
    expect(done).toBeGreaterThan(runs / 3);
  });
});
