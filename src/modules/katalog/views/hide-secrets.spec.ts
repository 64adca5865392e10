import fc from 'fast-check';
import { hideSecrets } from './hide-secrets';

it.each([
  ['a value under a name of a credential', { password: 'x1' }, { password: '<hidden>' }],
  ['a variable of a container', { name: 'DB_PASSWORD', value: 'x1' }, { name: 'DB_PASSWORD', value: '<hidden>' }],
  ['a number', { apiKey: 4711 }, { apiKey: '<hidden>' }],
  ['a default inside a template', { token: '{{ default "x1" .spec.t }}' }, { token: '<hidden>' }],
  ['all data of secrets', { secrets: [{ data: { a: 'x1' } }] }, { secrets: [{ data: { a: '<hidden>' } }] }],
  [
    'all data of a Secret',
    { kind: 'Secret', stringData: { a: 'x1' } },
    { kind: 'Secret', stringData: { a: '<hidden>' } },
  ],
  ['an argument', ['--db-password=x1', '--token', 'x1'], ['--db-password=<hidden>', '--token', '<hidden>']],
  ['a line of a file', 'user: me\napi_key = x1\n', 'user: me\napi_key = <hidden>\n'],
  ['an address', 'postgres://me:x1@db/shop', 'postgres://me:<hidden>@db/shop'],
])('hides %s', (_name, value, shown) => {
  expect(hideSecrets(value)).toEqual(shown);
});

it.each([
  ['where a value comes from', { token: '{{ .spec.token }}' }],
  ['names of Secrets', { secretName: 'db', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
  ['a volume', { secret: { secretName: 'db', optional: false } }],
  ['the path of a file', { name: 'DB_PASSWORD_FILE', value: '/etc/db' }],
  ['switches', { automountServiceAccountToken: false }],
  ['data of ConfigMaps', { configMaps: [{ data: { 'index.html': 'hello' } }] }],
  ['an address with a template', 'https://{{ .spec.host }}:8080/a@b'],
])('leaves %s', (_name, value) => {
  expect(hideSecrets(value)).toEqual(value);
});

it('shows no data of a Secret, whatever its shape', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const text = JSON.stringify(hideSecrets({ secrets: [{ data: { marked: ['needle-4711', data] } }] }));
      expect(text).not.toContain('needle-4711');
    }),
  );
});
