import { type Problem } from '../../../modules/common';
import { report } from './reports';

const problem = (more: Partial<Problem>): Problem => ({
  severity: 'error',
  code: 'ORK1101',
  message: 'unknown field "x"',
  position: { file: 'dir/my, katalog.yaml', line: 3, column: 5 },
  path: 'spec.x',
  ...more,
});

const FINDINGS = {
  isValid: false,
  problems: [problem({}), problem({ severity: 'warning', code: 'ORK1501', message: '100%\nsure', path: '' })],
};

it('is JSON with every place', () => {
  expect(JSON.parse(report('json', FINDINGS))).toEqual({
    valid: false,
    problems: [
      {
        severity: 'error',
        code: 'ORK1101',
        message: 'unknown field "x"',
        file: 'dir/my, katalog.yaml',
        line: 3,
        column: 5,
        path: 'spec.x',
      },
      expect.objectContaining({ severity: 'warning', path: '' }),
    ],
  });
});

it('is a line of GitHub Actions for each problem', () => {
  expect(report('github', FINDINGS)).toBe(
    '::error file=dir/my%2C katalog.yaml,line=3,col=5,title=ORK1101::unknown field "x"\n' +
      '::warning file=dir/my%2C katalog.yaml,line=3,col=5,title=ORK1501::100%25%0Asure\n',
  );
});

it('is empty, or says so, when nothing was found', () => {
  const findings = { isValid: true, problems: [] };
  expect(report('github', findings)).toBe('');
  expect(JSON.parse(report('json', findings))).toEqual({ valid: true, problems: [] });
});
