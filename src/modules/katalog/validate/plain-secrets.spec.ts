import { compile, katalogWith } from '../testing/katalog-source';

const env = (name: string, value: string): string =>
  `onReconcile:\n  deployments:\n    - { name: a, image: nginx, env: [{ name: ${name}, value: §${value} }] }`;
const secret = (key: string, value: string): string =>
  `onCreate:\n  secrets:\n    - { name: a, data: { ${key}: §${value} } }`;
const map = (key: string, value: string): string =>
  `onReconcile:\n  configMaps:\n    - { name: a, data: { ${key}: §${value} } }`;

it.each([
  [env('DB_PASSWORD', 'hunter2x'), '"DB_PASSWORD" is a secret by its name'],
  [env('GITHUB_TOKEN', 'ghp-hunter2x'), 'valueFrom.secretKeyRef'],
  [env('API_KEY', 'hunter2x'), '"API_KEY"'],
  [env('apiKey', 'hunter2x'), '"apiKey"'],
  [env('DATABASE_URL', '"postgres://app:hunter2x@db/app"'), 'a password stands in this URL'],
  [env('ANY', '"see https://u:hunter2x@example.org/x"'), 'a password stands in this URL'],
  [secret('password', 'hunter2x'), 'the value of "password" stands in the file'],
  [secret('config', 'hunter2x'), 'copy a Secret with fromSecret'],
  [map('client-secret', 'hunter2x'), 'everybody may read a ConfigMap'],
  [map('url', '"amqp://u:hunter2x@queue"'), 'a password stands in this URL'],
])('%s is a warning without the value', (box, message) => {
  const { errors, warnings, marked } = compile(katalogWith(box));
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining(message)]);
  expect(warnings[0]).toContain(`${marked ?? ''} `);
  expect(warnings[0]).not.toContain('hunter2x');
});

it.each([
  env('DB_PASSWORD', '"{{ .spec.password }}"'),
  env('DB_PASSWORD', '$(OTHER)'),
  env('DB_PASSWORD', '""'),
  env('DB_PASSWORD_FILE', '/run/secrets/db'),
  env('TOKEN_URL', '"https://login.example.org/token"'),
  env('SECRET_NAME', 'database'),
  env('USE_TOKEN', 'true'),
  env('MAX_TOKENS', '4096'),
  env('DATABASE_URL', '"postgres://app:$(DB_PASSWORD)@db/app"'),
  env('DATABASE_URL', '"postgres://app:{{ .spec.password }}@db/app"'),
  env('GIT', '"ssh://git@example.org:22/x"'),
  env('PROXY', '"http://proxy.example.org:3128"'),
  secret('username', 'app'),
  secret('"tls.crt"', '"-----BEGIN CERTIFICATE-----"'),
  secret('password', '"{{ randomAlphanumeric 24 }}"'),
  map('token-url', 'https://login.example.org'),
  map('passwordPolicy', 'strong'),
])('%s is none', (box) => {
  const { errors, warnings } = compile(katalogWith(box));
  expect([...errors, ...warnings]).toEqual([]);
});

it('finds URLs beside the CRDs, and leaves disabled CRDs alone', () => {
  const top = 'metadata:\n  name: demo\n  description: https://u:hunter2x@example.org';
  const katalog = katalogWith('', 'description: https://u:hunter2x@example.org');
  const { warnings } = compile(katalog.replace('metadata:\n  name: demo', top));
  expect(warnings.filter((text) => text.includes('stands in this URL'))).toHaveLength(2);
  const off = compile(katalogWith('', 'enabled: false\ndescription: https://u:hunter2x@example.org'));
  expect(off.warnings).toEqual([]);
});
