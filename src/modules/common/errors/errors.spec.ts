import { policyOf } from './error-policy';
import { didYouMean, nearestName } from './nearest-name';
import { asOrkestraError, type ErrorKind, OrkestraError } from './orkestra-error';
import { formatProblem, KatalogInvalidError, type Problem, ProblemList } from './problem';

describe('nearestName', () => {
  const names = ['image', 'replicas', 'labels', 'port'];
  it.each([
    ['imge', 'image'],
    ['iamge', 'image'],
    ['IMAGE', 'image'],
    ['replica', 'replicas'],
    ['prot', 'port'],
    ['hostname', undefined],
    ['x', undefined],
  ])('of %j is %j', (written, expected) => {
    expect(nearestName(written, names)).toBe(expected);
  });

  it('is ready to be appended to a message', () => {
    expect(didYouMean('imge', names)).toBe(' (did you mean "image"?)');
    expect(didYouMean('xyz', names)).toBe('');
  });
});

describe('problems', () => {
  const problem = (line: number, column: number, message: string, over: Partial<Problem> = {}): Problem => ({
    severity: 'error',
    code: 'ORK1000',
    message,
    position: { file: 'a.yaml', line, column },
    path: 'spec',
    ...over,
  });

  it.each([
    ['found "a\nb\tc"', 'found "a\\nb\\tc"'],
    ['\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
    ['a\u202eb\u2028', 'a\\u202eb\\u2028'],
    [`found "${'x'.repeat(300)}" here`, `found "${'x'.repeat(99)}… here`],
    ['a '.repeat(2_000), `${'a '.repeat(1_000)}…`],
  ])('are one line, whatever they quote: %j', (message, shown) => {
    const list = new ProblemList();
    list.add(problem(1, 1, message, { path: 'a\rb', excerpt: '\n\ta\rb\n\t ^' }));
    expect(list.errors).toMatchObject([{ message: shown, path: 'a\\rb', excerpt: '\n\ta\ufffdb\n\t ^' }]);
  });

  it('stand in the order of the files, and as they were found within one place', () => {
    const list = new ProblemList();
    list.add(problem(9, 1, 'late'));
    list.add(problem(2, 5, 'first'));
    list.add(problem(2, 5, 'second'));
    list.add(problem(1, 1, 'other file', { position: { file: 'b.yaml', line: 1, column: 1 } }));
    list.add(problem(1, 1, 'only a warning', { severity: 'warning' }));
    expect(list.errors.map(({ message }) => message)).toEqual(['first', 'second', 'late', 'other file']);
    expect(list.warnings.map(({ message }) => message)).toEqual(['only a warning']);
    expect(list.hasErrors).toBe(true);
  });

  it('are one line each, with place, path and code', () => {
    expect(formatProblem(problem(2, 5, 'bad'))).toBe('a.yaml:2:5: bad (spec) [ORK1000]');
    expect(formatProblem(problem(2, 5, 'bad', { path: '' }))).toBe('a.yaml:2:5: bad [ORK1000]');
  });

  it('end a load as one error of the user', () => {
    const error = new KatalogInvalidError([problem(1, 1, 'a'), problem(2, 1, 'b')]);
    expect(error).toMatchObject({ kind: 'UserError', code: 'KATALOG_INVALID', position: { line: 1 } });
    expect(error.message.split('\n')).toHaveLength(2);
  });

  it('are told up to a number that somebody reads', () => {
    const error = new KatalogInvalidError(Array.from({ length: 101 }, (_, line) => problem(line + 1, 1, 'a')));
    const lines = error.message.split('\n');
    expect(lines[99]).toBe('a.yaml:100:1: a (spec) [ORK1000]');
    expect(lines.slice(100)).toEqual(['... and 1 more; ork validate -o json lists all of them']);
    expect(error.problems).toHaveLength(101);
  });

  it('stand in front of the warnings, which say that they are some', () => {
    const error = new KatalogInvalidError([problem(2, 1, 'b')], [problem(1, 1, 'a', { severity: 'warning' })]);
    expect(error.message).toBe('a.yaml:2:1: b (spec) [ORK1000]\nwarning: a.yaml:1:1: a (spec) [ORK1000]');
    expect(error.position).toMatchObject({ line: 2 });
  });
});

describe('the table of errors', () => {
  const kinds: readonly ErrorKind[] = ['UserError', 'Pending', 'Conflict', 'Transient', 'Terminal', 'Bug'];

  it('is quiet about what is only not there yet, and drops nothing for good but what no retry can help', () => {
    expect(policyOf('Pending')).toMatchObject({ retry: 'quiet', event: false, countsAsFailure: false });
    expect(kinds.filter((kind) => policyOf(kind).retry === 'none')).toEqual(['Terminal']);
    expect(kinds.filter((kind) => policyOf(kind).event)).toEqual(kinds.filter((kind) => kind !== 'Pending'));
  });

  it('takes whatever was thrown without a kind for a defect of ours', () => {
    const cause = new TypeError('x is not a function');
    expect(asOrkestraError(cause)).toMatchObject({ kind: 'Bug', message: 'x is not a function', cause });
    expect(asOrkestraError('text')).toMatchObject({ kind: 'Bug', message: 'text' });
    const own = new OrkestraError({ code: 'X', kind: 'Conflict', message: 'm' });
    expect(asOrkestraError(own)).toBe(own);
  });
});
