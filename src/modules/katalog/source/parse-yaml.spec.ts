import fc from 'fast-check';
import { Document, Scalar } from 'yaml';
import { formatPosition, ProblemList, type MapNode, type ScalarNode, type SourceNode } from '../../common';
import { parseYamlDocuments } from './parse-yaml';

function parse(text: string): SourceNode {
  const problems = new ProblemList();
  const [root] = parseYamlDocuments(text, 'f.yaml', problems);
  expect(problems.errors).toEqual([]);
  return root as SourceNode;
}

function at(node: SourceNode, key: string): ScalarNode {
  return (node as MapNode).entries.get(key)!.value as ScalarNode;
}

function problemsOf(text: string): readonly string[] {
  const problems = new ProblemList();
  parseYamlDocuments(text, 'f.yaml', problems);
  return problems.errors.map((problem) => `${formatPosition(problem.position)} ${problem.message}`);
}

describe('parseYamlDocuments', () => {
  it('keeps the source text of plain scalars and the place of every value', () => {
    const root = parse('a: 1.20\nb:\n  - true\n  - 9007199254740993\n');
    expect(at(root, 'a')).toMatchObject({ text: '1.20', value: 1.2, position: { line: 1, column: 4 }, path: 'a' });
    const list = (root as MapNode).entries.get('b')!.value;
    expect(list).toMatchObject({ kind: 'list', path: 'b' });
    expect(list.kind === 'list' && list.items[1]).toMatchObject({
      value: 9007199254740993n,
      path: 'b[1]',
      position: { line: 4, column: 5 },
    });
  });

  it.each([
    ['plain', 'a: x {{ .y }}', '{{', '1:6'],
    ['double quoted with escapes', 'a: "\\t\\"x\\" {{ .y }}"', '{{', '1:13'],
    ['single quoted with doubled quotes', "a: 'it''s {{ .y }}'", '{{', '1:11'],
    ['literal block', 'a: |\n  one\n  two {{ .y }}\n', '{{', '3:7'],
    ['folded block', 'a: >-\n  one\n  two\n  three {{ .y }}\n', '{{', '4:9'],
    ['plain over lines', 'a: one\n  two {{ .y }}\n', '{{', '2:7'],
    ['keeps indentation of a literal block', 'a: |\n  {\n    "x": {{ .y }}\n  }\n', '{{', '3:10'],
  ])('locates an offset inside a %s scalar', (_name, text, needle, expected) => {
    const scalar = at(parse(text), 'a');
    const { line, column } = scalar.locate(scalar.text.indexOf(needle));
    expect(`${line}:${column}`).toBe(expected);
  });

  it('reports duplicate keys, bad syntax and alias bombs with their place', () => {
    expect(problemsOf('a: 1\nb: 2\na: 3\n')).toEqual(['f.yaml:3:1 the key a stands twice in one map']);
    expect(problemsOf('a: [1, 2\nb: 3\n')[0]).toMatch(/^f\.yaml:\d+:\d+ /);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ].join('\n');
    expect(problemsOf(bomb)[0]).toContain('aliases expand too far');
    for (const depth of [300, 20_000]) {
      const problems = problemsOf(`${'['.repeat(depth)}${']'.repeat(depth)}`);
      expect(problems).toEqual([expect.stringContaining('nested deeper than 100 levels')]);
    }
  });

  it('takes a map of very many keys, each looked at once', () => {
    const keys = Array.from({ length: 50_000 }, (_, number) => `k${number}: 1\n`).join('');
    expect(problemsOf(`${keys}k7: 2\n"9": 1\n9: 1\n`)).toEqual([
      'f.yaml:50001:1 the key k7 stands twice in one map',
      'f.yaml:50003:1 the key 9 stands twice in one map',
    ]);
  });

  it.each([
    ['an anchor that holds itself', 'a: &a [*a]', 'f.yaml:1:7 nested deeper than 100 levels'],
    ['an alias without anchor', 'a: *b\nb: &b 1', 'f.yaml:1:4 no anchor &b stands before the alias *b'],
    ['one key in two spellings', '1: a\n"1": b', 'f.yaml:2:1 the key "1" stands twice in one map'],
    ['10 MiB of values', '- 1\n'.repeat(2_600_000), 'f.yaml:1:1 the file has more than 500000 values'],
    ['more than 10 MiB', 'a'.repeat(10 * 1024 * 1024 + 1), 'f.yaml:1:1 the file is larger than 10 MiB'],
  ])('refuses %s', (_name, text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('takes very many aliases, each looked for once', () => {
    expect(problemsOf(`a: &a 1\nb: [${Array(20_000).fill('*a').join()}]`)).toEqual([]);
  });

  it('says the first hundred mistakes of a text that is no YAML', () => {
    expect(problemsOf(']'.repeat(1_000))).toHaveLength(100);
  });

  it('says once that something fits nowhere, at its own place', () => {
    const places = problemsOf('""\nl\nm\ns: { a: [1, 2], b: "c" }').map((problem) => problem.split(' ', 1)[0]);
    expect(places).toEqual(['f.yaml:2:1', 'f.yaml:4:2']);
  });

  it('an alias means the anchor of that name that stands last before it', () => {
    const root = parse('a: &x 1\nb: *x\nc: &x 2\nd: *x\n');
    expect([at(root, 'b').value, at(root, 'd').value]).toEqual([1, 2]);
  });

  it('reads several documents, a byte order mark, and nothing', () => {
    const problems = new ProblemList();
    expect(parseYamlDocuments('\ufeffa: 1\n---\n---\nb: 2\n', 'f', problems)).toHaveLength(2);
    expect(parseYamlDocuments('# only a comment\n', 'f', problems)).toHaveLength(0);
    expect(problems.errors).toEqual([]);
  });

  it('says each problem once: a template without quotes is one slip', () => {
    const problems = problemsOf('ports:\n  - port: {{\n    name: web\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(new Set(problems).size).toBe(problems.length);
  });

  it.each([
    ['escapes of one character', 'a: "\\n\\t\\\\ {{ .y }}"', '1:12'],
    ['hex and unicode escapes', 'a: "\\x41\\u2603\\U0001F600 {{ .y }}"', '1:26'],
    ['an escaped line end', 'a: "one \\\n  two {{ .y }}"', '2:7'],
    ['a folded line end', 'a: "one\n\n  two {{ .y }}"', '3:7'],
    ['a character beyond the basic plane', 'a: "😀 {{ .y }}"', '1:8'],
    ['Windows line ends', 'a: |\r\n  one\r\n  two {{ .y }}\r\n', '3:7'],
    ['an indentation indicator', 'a: |2\n    one\n  two {{ .y }}\n', '3:7'],
    ['a comment behind the header', 'a: | # why\n  one {{ .y }}\n', '2:7'],
    ['a folded block with an indented line', 'a: >\n  one\n\n    two\n  three {{ .y }}\n', '5:9'],
    ['an anchor in front', 'a: &x "one {{ .y }}"', '1:12'],
  ])('locates an offset behind %s', (_name, text, expected) => {
    const scalar = at(parse(text), 'a');
    const { line, column } = scalar.locate(scalar.text.indexOf('{{'));
    expect(`${line}:${column}`).toBe(expected);
  });

  it('locates every letter of a text in every style', () => {
    const piece = fc.constantFrom(
      'a',
      'bc',
      ' ',
      '\n',
      '"',
      "'",
      '\\',
      '{{',
      '}}',
      ':',
      '#',
      'é',
      '😀',
      '  ',
      '-',
      '\t',
    );
    const value = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(''));
    const style = fc.constantFrom('QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED', 'PLAIN' as const);
    fc.assert(
      fc.property(value, style, fc.constantFrom(20, 80), (text, type, lineWidth) => {
        const scalar = new Scalar(text);
        scalar.type = type;
        const document = new Document({ outer: { a: scalar } });
        const source = document.toString({ lineWidth, minContentWidth: 10 });
        const lines = source.split('\n');
        // The writer makes a few texts that are no YAML.
        fc.pre(problemsOf(source).length === 0);
        const outer = (parse(source) as MapNode).entries.get('outer')!.value;
        const read = at(outer, 'a');
        // What a blank text becomes in a block is the writer's affair: what was read counts.
        for (let offset = 0; offset < read.text.length; offset++) {
          if (!/[a-z{}é]/.test(read.text.charAt(offset))) continue;
          const { line, column } = read.locate(offset);
          expect(lines[line - 1]?.charAt(column - 1)).toBe(read.text.charAt(offset));
        }
      }),
      { numRuns: 200 },
    );
  });
});
