// `ork validate` of a file of tests, in words.
import pc from 'picocolors';
import { formatDuration, formatProblem } from '../../modules/common';
import { type E2eSummary, type SimulateSummary } from '../../modules/katalog';
import { type CheckedSuite } from '../katalog/check-here';
import { count, RULE, SYMBOL } from '../render/symbols';

/** The text to print. */
export function suiteText({ suite, warnings, unrunnable }: CheckedSuite): string {
  const { kind, name, description } = suite;
  const facts = kind === 'Simulate' ? simulateFacts(suite) : e2eFacts(suite);
  const result = kind === 'Simulate' ? simulateResult(suite) : e2eResult(suite);
  return `${[
    pc.bold(`Validating ${kind}...`),
    '',
    `${SYMBOL.healthy} ${pc.bold(name)}${description === undefined ? '' : `  ${description}`}`,
    ...facts.filter(([, text]) => text !== '').map(([fact, text]) => pc.dim(`    ${fact}: ${text}`)),
    ...(kind === 'E2E' ? checkpoints(suite) : []),
    '',
    RULE,
    `${SYMBOL.ok} ${result}`,
    ...[...warnings, ...unrunnable].map((problem) => `${SYMBOL.warning} ${formatProblem(problem)}`),
  ].join('\n')}\n`;
}

type Fact = readonly [name: string, text: string];

function simulateFacts({ katalog = '', crs, cycles, ops, absent, expects, imports }: SimulateSummary): readonly Fact[] {
  return [
    ['katalog', katalog],
    ['cr', crs.join(', ')],
    ['cycles', cycles === undefined ? '' : String(cycles)],
    ['expect', expects ? `${count(ops, 'operation')} wanted, ${absent} unwanted` : ''],
    ['imports', imports.join(', ')],
  ];
}

function simulateResult({ name, ops, absent, cycles, imports }: SimulateSummary): string {
  if (cycles === undefined) return `${count(imports.length, 'import')} valid (${name})`;
  return `${count(ops + absent, 'expectation')} valid (${name})`;
}

function e2eFacts({ mode, katalog = '', crds, crs, setup, imports }: E2eSummary): readonly Fact[] {
  const steps = (amount: number): string => (amount === 0 ? '' : String(amount));
  return [
    ['mode', mode],
    ['katalog', katalog],
    ['crd', crds.join(', ')],
    ['cr', crs.join(', ')],
    ['setup.apply', steps(setup.apply)],
    ['setup.helm', steps(setup.helm)],
    ['setup.wait', steps(setup.wait)],
    ['imports', imports.join(', ')],
  ];
}

function checkpoints({ checkpoints: all }: E2eSummary): readonly string[] {
  const width = Math.max(0, ...all.map(({ name }) => name.length));
  return all.map(
    ({ name, after, timeoutMs }) => `    ${name.padEnd(width)}  after ${after}, within ${formatDuration(timeoutMs)}`,
  );
}

function e2eResult({ name, mode, checkpoints: all, imports }: E2eSummary): string {
  const parts = [
    ...(mode === 'imports' ? [] : [count(all.length, 'expectation')]),
    ...(imports.length === 0 ? [] : [count(imports.length, 'import')]),
  ];
  return `${parts.join(', ')} valid (${name})`;
}
