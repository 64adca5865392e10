// YAML answers: which texts stand plain, quoted or as blocks, where long ones break, how keys are ordered.
import { type CaseTable } from '../../harness/conformance-case';
import { configMap } from '../objects';

const LONG =
  'a text with many words that goes on beyond the eighty columns of the width and some more on and on and on';

const WORDS = [
  '~',
  'null',
  'nULL',
  'y',
  'No',
  'true',
  'tRUE',
  'Off',
  '.',
  '..',
  '...',
  '---a',
  '-',
  '- a',
  '-a',
  '<<',
  '=',
  '',
];
const NUMBERS = [
  ...[
    '1',
    '01',
    '08',
    '0x1f',
    '0xg',
    '0b11',
    '0o7',
    '1_000',
    '_1',
    '1e3',
    '1e',
    '.5',
    '.e3',
    '-.inf',
    '.NaN',
    '+',
    '1.',
  ],
  ...['1.5.2', '12:30', '1:60', '190:20:30.15', '2001-01-01', '2001-1-1', '2001-01-01 00:00:00', '2001-', '1e1000'],
];
const SIGNS = [
  '? a',
  ':',
  ': a',
  'a:',
  'a: b',
  'a:b',
  'a #b',
  'a#b',
  '#a',
  '!a',
  '&a',
  '*a',
  '|',
  '>',
  '%',
  '@',
  '`',
  "'",
  '"',
];
const SHAPES = [
  ...[
    "a'b",
    'a"b',
    "'a: b",
    '[a]',
    'a[',
    ',a',
    ' a',
    'a ',
    '\t',
    'a\tb',
    'a\nb',
    'a\nb\n',
    '\na',
    'a\n\n',
    '\n',
    ' a\nb',
  ],
  ...['a \nb', 'a\n b', 'a\r\nb', 'é', '\u00a0', '\u{1f600}', '\ufeff', '\u0001', 'a\\b', 'a: \\'],
];
const LONG_ONES = [
  ...[LONG, `${LONG}: ${LONG}`, `"${LONG}`, LONG.replaceAll(' ', '  '), `${LONG}\n${LONG}\n`, `\t${LONG} "x" ${LONG}`],
  ...[`${'x'.repeat(100)} y z`, `it's: ${LONG} it's ${LONG}`],
];
const KEYS = [
  'a1',
  'a10',
  'a2',
  'a02',
  'a-1',
  'a.b',
  'a_b',
  'B',
  'b',
  'A',
  'a',
  'z9',
  'z10',
  'z09',
  '-a',
  '_',
  '.a',
  'on',
  '1e3',
];

export const YAML: CaseTable = {
  ...Object.fromEntries(
    Object.entries({ WORDS, NUMBERS, SIGNS, SHAPES, LONG_ONES }).map(([what, texts]): [string, CaseTable[string]] => [
      `YAML: ${what.toLowerCase().replace('_', ' ')}`,
      async (k) => {
        const data = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]));
        await k.setup('POST', k.in('v1', 'configmaps'), { ...configMap('a'), data });
        await k.get(k.in('v1', 'configmaps', 'a'), {
          headers: { accept: 'application/yaml' },
          only: (text) => text.slice(0, text.indexOf('\nkind: ')),
        });
      },
    ]),
  ),

  'YAML: keys': async (k) => {
    const data = Object.fromEntries([...KEYS, 'x'.repeat(130)].map((key) => [key, 'v']));
    await k.setup('POST', k.in('v1', 'configmaps'), { ...configMap('a'), data });
    await k.get(k.in('v1', 'configmaps', 'a'), {
      headers: { accept: 'application/yaml' },
      only: (text) => text.replace(/(uid|resourceVersion): .*/g, '$1'),
    });
  },

  'a table with something else of one object, of what is written, of a watch': async (k) => {
    const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const path = k.in('v1', 'configmaps');
    await k.post(`${path}?includeObject=Other`, configMap('a'), { headers });
    await k.get(`${path}/a?includeObject=metadata`, { headers });
    await k.get(`${path}/b?includeObject=Other`, { headers });
    await k.get(`${path}?watch=true&timeoutSeconds=1&includeObject=Other`, { headers });
    await k.get(`${path}/a?includeObject=Other`, { only: ({ kind }) => kind });
    await k.get(`${path}?watch=true&timeoutSeconds=1&limit=x`);
  },
};
