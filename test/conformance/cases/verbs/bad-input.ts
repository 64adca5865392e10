// What no client should send: answered, never a crash.
import { type CaseTable } from '../../harness/conformance-case';
import { configMap } from '../objects';

const BODIES: Readonly<Record<string, string>> = {
  'JSON that ends too early': '{"apiVersion":"v1","kind":"ConfigMap"',
  'no JSON at all': 'hello',
  'an empty body': '',
  'a JSON list': '[]',
  'a JSON string': '"text"',
  'a JSON null': 'null',
  'a string where a map belongs': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":"x"}',
  'a number where a string belongs': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":1}}',
  'a list where an object belongs': '{"apiVersion":"v1","kind":"ConfigMap","metadata":[]}',
  'a name that is a number': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":5}}',
  'a number too large': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","generation":1e400}}',
  'text after the object': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}} {}',
  'prototype keys':
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}',
  'prototype labels': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"__proto__":"x"}}}',
  'a prototype at the top': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"__proto__":{"x":1}}',
  'a key that is no file name': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a/b":"x"}}',
};

const bodies: CaseTable = Object.fromEntries(
  Object.entries(BODIES).map(([what, body]) => [`create with ${what}`, (k) => k.post(k.in('v1', 'configmaps'), body)]),
);

const TYPES = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'nonsense',
  'application/merge-patch+json',
];

const types: CaseTable = Object.fromEntries(
  TYPES.map((type) => [
    `create with the content type ${type}`,
    (k) => k.post(k.in('v1', 'configmaps'), configMap('a'), { headers: { 'content-type': type } }),
  ]),
);

const PATHS = [
  '/api/v1/nothings',
  '/api/v2/configmaps',
  '/apis/none.example/v1/things',
  '/apis/apps/v9/deployments',
  '/api/v1/namespaces/default/configmaps/a/nothing',
  '/nothing',
  '/api/v1/namespaces/default/configmaps/a/b/c/d',
  '/apis/apps/v1/namespaces/default/configmaps',
  '/api/v1//configmaps',
];

const paths: CaseTable = Object.fromEntries(PATHS.map((path) => [`get ${path}`, (k) => k.get(path)]));

export const BAD_INPUT: CaseTable = {
  ...bodies,
  ...types,
  ...paths,

  'create with a body over 3 MiB': async (k) => {
    const text = 'x'.repeat(3 * 1024 * 1024 + 1);
    await k.post(k.in('v1', 'configmaps'), configMap('a', { text }));
  },

  'create with more than 1 MiB in a ConfigMap': async (k) => {
    const text = 'x'.repeat(1024 * 1024 + 1);
    await k.post(k.in('v1', 'configmaps'), configMap('a', { text }), {
      only: ({ code, reason, message, details }) => ({ code, reason, details: details?.causes?.[0]?.field, message }),
    });
  },

  'create with a nesting of 100 levels': async (k) => {
    const nested = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
    const text = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":${nested}}`;
    await k.post(k.in('v1', 'configmaps'), text);
  },

  'create with a nesting of 20,000 levels': async (k) => {
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    await k.post(
      k.in('v1', 'configmaps'),
      `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"x":${nested}}`,
    );
  },

  'create with YAML': (k) =>
    k.post(
      k.in('v1', 'configmaps'),
      'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata:\n  yes: "no"\n  n: "1"\n',
      {
        headers: { 'content-type': 'application/yaml' },
      },
    ),

  'create with YAML that is none': (k) =>
    k.post(k.in('v1', 'configmaps'), 'a: [1\nb: {', { headers: { 'content-type': 'application/yaml' } }),

  'a patch with a content type that is no patch': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.send('PATCH', k.in('v1', 'configmaps', 'a'), '{}', { headers: { 'content-type': 'application/json' } });
  },

  'verbs that a resource has not': async (k) => {
    await k.send('PATCH', k.in('v1', 'configmaps'), '{}', {
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    await k.send('TRACE', k.in('v1', 'configmaps', 'a'));
    await k.send('OPTIONS', k.in('v1', 'configmaps', 'a'));
  },

  'unknown query parameters are ignored': (k) => k.get(`${k.in('v1', 'configmaps', 'a')}?nothing=1&pretty=maybe`),

  'pretty answers are the same object': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.get(`${k.in('v1', 'configmaps', 'a')}?pretty=true`);
  },

  'a request without a token or with a wrong one': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.get(path, { headers: { authorization: 'Bearer wrong' } });
  },
};
