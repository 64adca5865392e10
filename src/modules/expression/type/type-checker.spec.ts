import { builtinSchema, compileStructuralSchema } from '../../schema';
import { builtinFunctions } from '../note';
import { parseTemplate } from '../template/parser';
import { TemplateSyntaxError } from '../template/template.errors';
import { type TypeFinding } from './finding';
import { type ResultForm } from './result-form';
import { typeOfSchema } from './schema-type';
import { checkTypes } from './type-checker';
import { INT, listOf, mapOf, objectOf, TEXT, type Type, UNKNOWN } from './type';

const website = typeOfSchema(
  compileStructuralSchema({
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          image: { type: 'string' },
          replicas: { type: 'integer' },
          share: { type: 'number' },
          paused: { type: 'boolean' },
          tier: { type: 'string', enum: ['bronze', 'gold', 'silver'] },
          port: { 'x-kubernetes-int-or-string': true },
          hosts: { type: 'array', items: { type: 'string' } },
          routes: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' } } } },
          env: { type: 'object', additionalProperties: { type: 'string' } },
          extra: { 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    },
  }),
) as Extract<Type, { kind: 'object' }>;
const deployment = typeOfSchema(builtinSchema('apps', 'v1', 'Deployment') ?? {});
const data = objectOf(
  new Map<string, Type>([
    ...[...website.fields.keys()].map((name): [string, Type] => [name, website.fields.get(name) ?? UNKNOWN]),
    [
      'children',
      objectOf(
        new Map<string, Type>([
          ['deployment', deployment],
          ['deployments', mapOf(deployment)],
        ]),
      ),
    ],
    ['item', TEXT],
    ['index', INT],
  ]),
);

function check(text: string, result?: ResultForm, type: Type = data): readonly TypeFinding[] {
  const fail = (reason: string, offset: number): TemplateSyntaxError =>
    new TemplateSyntaxError(reason, { offset, excerpt: '' });
  return checkTypes(parseTemplate(text, { functions: builtinFunctions, fail }), {
    functions: builtinFunctions,
    data: type,
    result,
  });
}

/** `§` in the template is the place where the one finding has to be. */
function expectFinding(marked: string, message: string, severity: 'error' | 'warning', result?: ResultForm): void {
  const found = check(marked.replace('§', ''), result);
  expect(found.map((finding) => `${finding.offset} ${finding.severity} ${finding.message}`)).toEqual([
    `${marked.indexOf('§')} ${severity} ${message}`,
  ]);
}

describe('fields', () => {
  it.each([
    ['{{ .§Spec.image }}', 'unknown field "Spec" in the data (did you mean "spec"?)'],
    ['{{ .spec.§replcas }}', 'unknown field "replcas" in .spec (did you mean "replicas"?)'],
    ['{{ .metadata.§nmae }}-svc', 'unknown field "nmae" in .metadata (did you mean "name"?)'],
    ['{{ .spec.routes.§path }}', '.spec.routes is a list: it has no field "path"'],
    ['{{ .spec.replicas.§max }}', '.spec.replicas is an int: it has no field "max"'],
    ['{{ $.spec.§imgae }}', 'unknown field "imgae" in $.spec (did you mean "image"?)'],
    ['{{ $s := .spec }}{{ $s.§imgae }}', 'unknown field "imgae" in $s (did you mean "image"?)'],
    ['{{ (index .spec.routes 0).§pth }}', 'unknown field "pth" in (index …) (did you mean "path"?)'],
    ['{{ range .spec.routes }}{{ .§pth }}{{ end }}', 'unknown field "pth" in "." (did you mean "path"?)'],
    ['{{ range $i, $r := .spec.routes }}{{ $r.§pth }}{{ end }}', 'unknown field "pth" in $r (did you mean "path"?)'],
    ['{{ with .spec }}{{ .§imgae }}{{ end }}', 'unknown field "imgae" in "." (did you mean "image"?)'],
    ['{{ .children.§service.status }}', 'unknown field "service" in .children; it has deployment, deployments'],
    ['{{ index .spec §"imgae" }}', 'unknown field "imgae" in .spec (did you mean "image"?)'],
    [
      '{{ define "x" }}{{ .§imgae }}{{ end }}{{ template "x" .spec }}',
      'unknown field "imgae" in the data (did you mean "image"?)',
    ],
    ['{{ (spec .).§imgae }}', 'unknown field "imgae" in (spec …) (did you mean "image"?)'],
  ])('%s', (template, message) => {
    expectFinding(template, message, 'error');
  });

  it('warns of fields of built-in kinds only: a newer server may have them', () => {
    expectFinding(
      '{{ .children.deployment.status.§readyReplica }}',
      'unknown field "readyReplica" in .children.deployment.status (did you mean "readyReplicas"?)',
      'warning',
    );
  });

  it.each([
    '{{ .spec.image }}{{ .metadata.labels.app }}{{ index .metadata.labels "a/b" }}',
    '{{ .spec.extra.anything.below }}',
    '{{ .children.deployment._pods }}{{ ._normalizeChanges }}',
    '{{ (index .children.deployments "web").status.readyReplicas }}',
    '{{ (index .spec.hosts 0) | toUpper }}',
    '{{ get . "spec" "nothing" "below" }}',
    '{{ with .spec.extra }}{{ .a.b }}{{ end }}',
    '{{ range .spec.routes }}{{ $.spec.image }}{{ .path }}{{ end }}',
    '{{ range $k, $v := .spec.env }}{{ toUpper $k }}{{ toUpper $v }}{{ end }}',
    '{{ $x := .spec.image }}{{ if .spec.paused }}{{ $x = .spec.replicas }}{{ end }}{{ $x }}',
    '{{ with nil }}{{ .a }}{{ else }}{{ .spec.image }}{{ end }}',
    '{{ if false }}{{ .spec.imgae }}{{ end }}',
    '{{ and false .spec.imgae }}',
    '{{ define "deep" }}{{ with .a }}{{ template "deep" . }}{{ end }}{{ end }}{{ template "deep" .spec.extra }}',
  ])('says nothing of %s', (template) => {
    expect(check(template)).toEqual([]);
  });

  it('says nothing when the data is not known', () => {
    expect(
      check('{{ .Spec.a.b }}{{ toLower .x }}{{ eq .a 1 "x" }}{{ range .y }}{{ .z }}{{ end }}', undefined, UNKNOWN),
    ).toEqual([]);
  });
});

describe('arguments', () => {
  it.each([
    ['{{ toLower §.spec.replicas }}', 'toLower takes a string as "text", found int (.spec.replicas)'],
    ['{{ §.spec.replicas | toLower }}', 'toLower takes a string as "text", found int (.spec.replicas)'],
    ['{{ §5 | toLower }}', 'toLower takes a string as "text", found int (5)'],
    ['{{ boolTernary §.spec.image 1 2 }}', 'boolTernary takes a bool as "condition", found string (.spec.image)'],
    ['{{ join §.spec.image "," }}', 'join takes a list as "items", found string (.spec.image)'],
    ['{{ truncate .spec.image §.spec.paused }}', 'truncate takes an int as "limit", found bool (.spec.paused)'],
    ['{{ toLower (§len .spec.hosts) }}', 'toLower takes a string as "text", found int (len …)'],
    ['{{ toLower (§index .spec.hosts) }}', 'toLower takes a string as "text", found list (index …)'],
    [
      '{{ range §.spec.image }}x{{ end }}',
      'range cannot go over a string (.spec.image): expected a list, a map or an int',
    ],
    [
      '{{ range $i, $x := §.spec.replicas }}{{ $x }}{{ end }}',
      'range cannot go over an int (.spec.replicas): range over an int has one variable',
    ],
    ['{{ index .spec.hosts §.spec.image }}', 'index takes an int as key of .spec.hosts, found string (.spec.image)'],
    ['{{ index .spec.env §1 }}', 'index takes a string as key of .spec.env, found int 1'],
    ['{{ index .spec.replicas §1 }}', '.spec.replicas is an int: it has no items'],
    ['{{ slice §.spec.replicas 1 }}', 'slice takes a string or a list, found int (.spec.replicas)'],
    ['{{ slice .spec.image §"a" }}', 'slice takes an int as bound, found string "a"'],
    ['{{ add §"x" 1 }}', 'add takes a number as "a", found string "x"'],
    ['{{ add 1 §nil }}', 'add takes a number as "b", found nil nil'],
    ['{{ §"x" | mul 2 }}', 'mul takes a number as "b", found string ("x")'],
    ['{{ clamp 1 §.spec.hosts 9 }}', 'clamp takes a number as "low", found list (.spec.hosts)'],
    ['{{ toInt §.spec.tier }}', 'toInt takes a number as "value", found string (.spec.tier)'],
    ['{{ abs (§get .metadata "labels") }}', 'abs takes a number as "value", found map (get …)'],
    ['{{ call §.spec.image }}', 'call needs a function, and data holds none: found string (.spec.image)'],
  ])('%s', (template, message) => {
    expectFinding(template, message, 'error');
  });

  it.each([
    '{{ toLower .spec.port }}',
    '{{ default "x" .spec.replicas | toLower }}',
    '{{ truncate .spec.image .spec.share }}',
    '{{ join .spec.hosts "," }}{{ join (split .spec.image "/") "," }}',
    '{{ ternary .spec.paused "a" "b" | toLower }}',
    '{{ add .spec.replicas 1 | printf "%v" | toLower }}',
    '{{ add .spec.image true }}{{ sub "0x1p4" .spec.port }}{{ toFloat .spec.share }}{{ toInt "1e3" | default 2 }}',
    '{{ if .spec.paused }}{{ toLower .spec.image }}{{ end }}',
  ])('says nothing of %s', (template) => {
    expect(check(template)).toEqual([]);
  });
});

describe('printf', () => {
  it.each([
    ['{{ printf "%d" §.spec.image }}', '"%d" does not print string (.spec.image); use %s'],
    ['{{ printf "%s" §.spec.replicas }}', '"%s" does not print int (.spec.replicas); use %d'],
    ['{{ printf "%s-%05d" .spec.image §true }}', '"%05d" does not print bool true; use %v'],
    ['{{ printf "%t" §1.5 }}', '"%t" does not print float 1.5; use %g'],
    ['{{ §.spec.replicas | printf "%s" }}', '"%s" does not print int (.spec.replicas); use %d'],
    ['{{ printf "%*d" §.spec.image 3 }}', '"%*d" does not print string (.spec.image) as a width or precision'],
    ['{{ printf §"%d and %d" 1 }}', 'the format takes 2 values, and gets 1'],
    ['{{ printf §"%d" 1 2 }}', 'the format takes one value, and gets 2'],
    ['{{ printf §"%y" 1 }}', '"%y" is no verb; "%%" prints a percent sign'],
    ['{{ printf §"100%" }}', 'a "%" of the format has no verb; "%%" prints a percent sign'],
  ])('%s', (template, message) => {
    expectFinding(template, `printf: ${message}`, 'warning');
  });

  it.each([
    '{{ printf "%s:%d %v %T %q %t" .spec.image .spec.replicas .spec.port .spec.extra .spec.tier .spec.paused }}',
    '{{ printf "%d of %s %.2f%%" .spec.port .spec.port .spec.share }}',
    '{{ printf "%s %v" .spec.hosts .spec.env }}{{ printf .spec.image 1 2 }}{{ printf "%[2]d" 1 2 }}',
  ])('says nothing of %s', (template) => {
    expect(check(template)).toEqual([]);
  });
});

describe('comparisons', () => {
  it.each([
    [
      '{{ eq §.spec.replicas "3" }}',
      'eq cannot compare int (.spec.replicas) with string "3": they are of different kinds',
    ],
    [
      '{{ ne "3" §.spec.replicas }}',
      'ne cannot compare string "3" with int (.spec.replicas): they are of different kinds',
    ],
    ['{{ lt §.spec.image 3 }}', 'lt cannot compare string (.spec.image) with int 3: they are of different kinds'],
    ['{{ gt §.spec.paused true }}', 'gt cannot order bool (.spec.paused)'],
    ['{{ eq §.spec.hosts "a" }}', 'eq cannot compare list (.spec.hosts)'],
    [
      '{{ eq §.spec.replicas 1.5 }}',
      'eq cannot compare int (.spec.replicas) with float 1.5: they are of different kinds',
    ],
    [
      '{{ if gt .spec.replicas §.metadata.name }}{{ end }}',
      'gt cannot compare int (.spec.replicas) with string (.metadata.name): they are of different kinds',
    ],
    ['{{ eq §.spec.image }}', 'eq compares two values or more, found one (.spec.image)'],
  ])('%s', (template, message) => {
    expectFinding(template, message, 'error');
  });

  it('warns of a value that the schema does not allow', () => {
    expectFinding(
      '{{ if eq .spec.tier §"glod" }}x{{ end }}',
      '.spec.tier is never "glod" (did you mean "gold"?), so eq is never true; it is one of bronze, gold, silver',
      'warning',
    );
    expectFinding(
      '{{ if ne .spec.tier §"platinum" }}x{{ end }}',
      '.spec.tier is never "platinum", so ne is always true; it is one of bronze, gold, silver',
      'warning',
    );
  });

  it('warns of a later value that may never be looked at', () => {
    expectFinding(
      '{{ eq §.spec.tier "gold" 3 }}',
      'eq cannot compare string (.spec.tier) with int 3: they are of different kinds',
      'warning',
    );
  });

  it.each([
    '{{ eq .spec.replicas 3 }}{{ gt .spec.replicas (len .spec.hosts) }}',
    '{{ eq .spec.share 1 }}{{ lt .spec.share 0.5 }}',
    '{{ eq .spec.port 80 }}{{ eq .spec.port "http" }}',
    '{{ eq .spec.hosts nil }}{{ ne .spec.env nil }}{{ eq .spec.image nil }}',
    '{{ eq .spec.tier "gold" "silver" }}{{ eq .spec.tier "" }}{{ eq (default "none" .spec.tier) "none" }}',
    '{{ eq "a" "b" }}',
    '{{ eq (toInt .spec.image) 3 }}{{ eq (toFloat .spec.image) 3.5 }}',
  ])('says nothing of %s', (template) => {
    expect(check(template)).toEqual([]);
  });
});

describe('variables', () => {
  it.each([
    ['{{ §$x := .spec.image }}', '$x is declared and never used'],
    ['{{ §$x := 1 }}{{ $x = 2 }}', '$x is declared and never used'],
    ['{{ $x := 1 }}{{ if $x }}{{ §$x := 2 }}{{ end }}', '$x is declared and never used'],
    ['{{ with §$x := .spec }}{{ .image }}{{ end }}', '$x is declared and never used'],
    ['{{ define "a" }}{{ §$x := 1 }}{{ end }}{{ template "a" }}{{ template "a" . }}', '$x is declared and never used'],
  ])('%s', (template, message) => {
    expectFinding(template, message, 'warning');
  });

  it.each([
    '{{ $x := 1 }}{{ $x }}',
    '{{ $x := 1 }}{{ if false }}{{ $x }}{{ end }}',
    '{{ $x := .spec }}{{ ($x).image }}{{ len (print $x.tier) }}',
    '{{ range $i, $x := .spec.hosts }}{{ $x }}{{ end }}{{ range $x := .spec.hosts }}{{ . }}{{ end }}',
    '{{ $_ := .spec.image }}',
  ])('says nothing of %s', (template) => {
    expect(check(template)).toEqual([]);
  });
});

describe('what a field takes', () => {
  const count: ResultForm = {
    words: 'a number of replicas',
    problem: (text) => (/^[0-9]+$/.test(text) ? undefined : `expected a number of replicas, found "${text}"`),
    kinds: ['int', 'float', 'string'],
    characters: /[0-9]/,
  };

  it.each([
    ['{{ §.metadata.name }}', 'expected a number of replicas, but .metadata.name is a name'],
    ['{{ §.spec.paused }}', 'expected a number of replicas, but .spec.paused is a bool'],
    ['{{ §.spec.hosts }}', 'expected a number of replicas, but .spec.hosts is a list'],
    ['{{ §.spec.tier }}', 'expected a number of replicas, but .spec.tier is "bronze" or "gold" or "silver"'],
    [
      '{{ if .spec.paused }}§none{{ else }}{{ .spec.replicas }}{{ end }}',
      'expected a number of replicas, found "none"',
    ],
    ['{{ if .spec.paused }}{{ §"none" }}{{ else }}1{{ end }}', 'expected a number of replicas, found "none"'],
    ['{{ .spec.replicas }}§m', 'expected a number of replicas: "m" can be no part of one'],
    ['{{ .spec.replicas }}{{ §.spec.hosts }}', 'expected a number of replicas, but .spec.hosts is a list'],
    ['{{ with .spec.replicas }}{{ . }}{{ else }}§-{{ end }}', 'expected a number of replicas, found "-"'],
  ])('%s', (template, message) => {
    expectFinding(template, message, 'error', count);
  });

  it.each([
    '{{ .spec.replicas }}',
    '{{ .spec.share }}',
    '{{ .spec.image }}',
    '{{ .spec.port }}',
    '{{ .spec.replicas | default 2 }}',
    '{{ if eq .spec.tier "gold" }}3{{ else if .spec.paused }}\n 0 {{ else }}{{ end }}',
    '1{{ .spec.replicas }}',
    '{{ range .spec.hosts }}x{{ end }}',
    '{{ add .spec.replicas 1 }}',
    '{{ if .spec.paused }}{{ $x := "no" }}{{ if $x }}1{{ end }}{{ end }}',
  ])('takes %s', (template) => {
    expect(check(template, count)).toEqual([]);
  });

  it('gives up where there are too many ways through a template', () => {
    expect(check('{{ if .spec.paused }}x{{ else }}y{{ end }}'.repeat(10), count)).toEqual([]);
  });

  it('takes what is in a list that is an item variable', () => {
    expect(check('{{ range .spec.routes }}{{ .path }}{{ end }}', count, data)).toEqual([]);
    expect(check('{{ range . }}{{ . }}{{ end }}', count, listOf(INT))).toEqual([]);
  });
});
