import { compile, indent, type Outcome } from '../testing/katalog-source';

/** `§` in the text is the place where the one error has to be. */
function expectError(outcome: Outcome, message: string): void {
  expect(outcome.errors).toEqual([`${outcome.marked ?? 'no mark'} ${message}`]);
}

function document(crds: string): string {
  return `apiVersion: orkestra.orkspace.io/v1\nkind: Katalog\nmetadata: { name: demo }\nspec:\n  crds:\n${indent(crds, 4)}\n`;
}

describe('dependsOn', () => {
  const three = (a: string, b: string, c: string): string =>
    document(
      [
        ['a', a],
        ['b', b],
        ['c', c],
      ]
        .map(([name = '', depends = '']) => {
          const kind = name.toUpperCase();
          return `${name}:\n  apiTypes: { group: x.io, version: v1, kind: ${kind}, plural: ${name}s }\n  dependsOn: ${depends}`;
        })
        .join('\n'),
    );

  it('gives the order of start, the file as tie break', () => {
    const { katalog } = compile(three('[c]', '{ a: healthy }', '{}'));
    expect(katalog?.crds.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(katalog?.crds[2]?.dependsOn).toEqual([expect.objectContaining({ name: 'a', condition: 'healthy' })]);
  });

  it('reads its three spellings, and names as the keys are read', () => {
    const { katalog } = compile(three('[]', '[ A ]', '{ B: { condition: healthy }, a: {} }'));
    expect(
      katalog?.crds.map(({ dependsOn }) => dependsOn.map(({ name, condition }) => `${name} ${condition}`)),
    ).toEqual([[], ['a started'], ['b healthy', 'a started']]);
  });

  it.each([
    ['[§d]', 'dependsOn names "d", which is not a CRD of this Katalog (did you mean "a"?)'],
    ['{ b: §ready }', 'expected one of started, healthy, found "ready"'],
    ['{ b: §~ }', 'expected one of started, healthy, or a map with "condition", found nothing'],
    ['§b', 'expected a map of one of started, healthy, or a map with "condition", found "b"'],
  ])('%s', (depends, message) => {
    expectError(compile(three(depends, '[]', '[]')), message);
  });

  it('names a disabled CRD', () => {
    const text = three('[§b]', '[]\n  enabled: false', '[]');
    expectError(compile(text), 'dependsOn names "b", which is disabled');
  });

  it('does not blame a CRD for another mistake in the one it depends on', () => {
    const text = three('[b]', '[]', '[]').replace('kind: B', 'kind: §b');
    expectError(compile(text), 'expected a kind such as Website, found "b"');
  });

  it('shows a circle as a path', () => {
    expect(compile(three('[b]', '[c]', '[a]')).errors).toEqual([
      expect.stringContaining('dependsOn goes round in a circle: a -> b -> c -> a'),
    ]);
    expect(compile(three('[a]', '[]', '[]')).errors).toEqual([expect.stringContaining('circle: a -> a')]);
  });
});
