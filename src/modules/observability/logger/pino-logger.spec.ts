import { createLogger } from './pino-logger';

function written(format: 'human' | 'json', fields: Readonly<Record<string, unknown>>): string {
  let text = '';
  const logger = createLogger({ level: 'info', format, process: 'runtime', write: (line) => (text += line) });
  logger.warn('reconcile.failed', fields);
  return text.replace(/\u001b\[\d+m/g, '');
}

const EXCERPT = '\n    {{ .spec.a.b }}\n            ^';

it('shows the line of a template and its caret on lines of their own to people', () => {
  expect(written('human', { excerpt: EXCERPT, problem: 'no such field' })).toMatch(
    /^\d\d:\d\d:\d\d warn {2}reconcile\.failed problem=no such field\n {4}\{\{ \.spec\.a\.b \}\}\n {12}\^\n$/,
  );
});

it('keeps a record in one line for programs', () => {
  const line = written('json', { excerpt: EXCERPT, problem: 'no such field' });
  expect(line.trimEnd()).not.toContain('\n');
  expect(JSON.parse(line)).toMatchObject({ event: 'reconcile.failed', problem: 'no such field', excerpt: EXCERPT });
});
