import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { unifiedDiff } from './unified-diff';

const diff = (before: string, after: string): string =>
  stripVTControlCharacters(unifiedDiff(before, after, ['a', 'b']));

describe('a unified diff', () => {
  it('is empty for equal texts', () => {
    expect(diff('a\n', 'a\n')).toBe('');
  });

  it('has three lines of context and the numbers of both sides', () => {
    const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
    expect(diff(before, before.replace('5', 'five'))).toBe(
      '--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    );
  });

  it('has a hunk for each distant change', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    const after = lines.map((line, index) => (index === 2 || index === 25 ? `new ${line}` : line)).join('');
    expect(diff(lines.join(''), after).match(/^@@ .*/gm)).toEqual(['@@ -1,6 +1,6 @@', '@@ -23,7 +23,7 @@']);
  });

  it('tells a last line without line end, and empty sides', () => {
    expect(diff('a\n', 'a')).toBe('--- a\n+++ b\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n');
    expect(diff('', 'a\n')).toBe('--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n');
    expect(diff('a\n', '')).toBe('--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n');
  });

  it('gives the other text when it is applied', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, diff(before, after))).toBe(after);
      }),
    );
  });
});

/** A patch, by hand: line numbers have to fit. */
function applied(before: string, patch: string): string {
  if (patch === '') return before;
  const old = before.split('\n').slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of patch.split('\n').slice(2, -1)) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (head !== null) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      result.push(...old.slice(at, start));
      at = start;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      if (old[at] !== line.slice(1)) throw new Error(`line ${at + 1} is not ${line}`);
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return `${[...result, ...old.slice(at)].join('\n')}${result.length + old.length - at > 0 ? '\n' : ''}`;
}
