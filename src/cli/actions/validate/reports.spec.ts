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

it('is SARIF with the members that its schema requires', () => {
  const log = JSON.parse(report('sarif', FINDINGS)) as {
    readonly version: string;
    readonly runs: readonly [{ readonly tool: unknown; readonly results: readonly unknown[] }];
  };
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].tool).toMatchObject({ driver: { name: 'ork', rules: [{ id: 'ORK1101' }, { id: 'ORK1501' }] } });
  expect(log.runs[0].results).toEqual([
    {
      ruleId: 'ORK1101',
      level: 'error',
      message: { text: 'unknown field "x"' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'dir/my,%20katalog.yaml' },
            region: { startLine: 3, startColumn: 5 },
          },
          logicalLocations: [{ fullyQualifiedName: 'spec.x' }],
        },
      ],
    },
    expect.objectContaining({ ruleId: 'ORK1501', level: 'warning' }),
  ]);
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
