import fc from 'fast-check';
import { normalise } from './reads';
import { compileTemplate } from './compile';

function reads(text: string): readonly string[] {
  return compileTemplate(text).reads.map((path) => path.join('/'));
}

describe('the paths that a template reads', () => {
  it.each<[string, readonly string[]]>([
    ['plain', []],
    ['{{ .a.b }}', ['a/b']],
    ['{{ . }}', ['']],
    ['{{ $ }}', ['']],
    ['{{ .a.b }}{{ .a }}{{ .c }}', ['a', 'c']],
    ['{{ $.a.b }}', ['a/b']],
    ['{{ (.a).b }}', ['a/b']],
    ['{{ .a | default .b.c }}', ['a', 'b/c']],
    ['{{ index .a "b/c" "d" }}', ['a/b/c/d']],
    ['{{ (index .a "b").c }}', ['a/b/c']],
    ['{{ with index .a "b" }}{{ .c }}{{ end }}', ['a/b']],
    ['{{ index .a 0 }}', ['a']],
    ['{{ index .a .key "x" }}', ['a', 'key']],
    ['{{ (index .a (print "b")).c }}', ['a']],
    ['{{ index .a "b" | print }}', ['a']],
    ['{{ $x := .a }}{{ $x.b }}', ['a/b']],
    ['{{ $x := .a }}{{ if .t }}{{ $x = .c }}{{ end }}{{ $x.b }}', ['a', 'c', 't']],
    ['{{ $x := .a }}unused', []],
    ['{{ if .a }}{{ .b }}{{ else if .c }}{{ .d }}{{ else }}{{ .e }}{{ end }}', ['a', 'b', 'c', 'd', 'e']],
    ['{{ with .a }}{{ .b }}{{ $.c }}{{ else }}{{ .d }}{{ end }}', ['a', 'c', 'd']],
    ['{{ with $x := .a }}{{ $x.b }}{{ end }}', ['a']],
    ['{{ range .l }}{{ .x }}{{ $.y }}{{ else }}{{ .z }}{{ end }}', ['l', 'y', 'z']],
    ['{{ range $k, $v := .m }}{{ $v.x }}{{ end }}', ['m']],
    ['{{ define "T" }}{{ .b }}{{ $.c }}{{ end }}{{ template "T" .a }}', ['a/b', 'a/c']],
    ['{{ define "T" }}{{ .b }}{{ end }}{{ template "T" }}', []],
    ['{{ define "T" }}{{ template "T" .b }}{{ end }}{{ template "T" .a }}', ['a/b']],
    ['{{ block "B" .a }}{{ .b }}{{ end }}', ['a/b']],
    ['{{ define "T" }}{{ .unreached }}{{ end }}{{ .a }}', ['a']],
    ['{{ and .a (or .b .c.d) }}', ['a', 'b', 'c/d']],
    ['{{ printf "%s" (print .a.b) }}', ['a/b']],
  ])('%s', (text, expected) => {
    expect(reads(text)).toEqual(expected);
  });
});

it('are sorted, each once, and without what a shorter one covers', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'B', 'ab'), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(path), (paths) => {
      const isPrefix = (short: readonly string[], long: readonly string[]): boolean =>
        short.length < long.length && short.every((key, i) => key === long[i]);
      const expected = [...new Set(paths.map((one) => one.join('\0')))]
        .sort()
        .map((text) => (text === '' ? [] : text.split('\0')))
        .filter((one) => !paths.some((other) => isPrefix(other, one)));
      expect(normalise(paths)).toEqual(expected);
    }),
  );
});
