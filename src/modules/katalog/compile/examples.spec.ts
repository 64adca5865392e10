// Every Katalog, Komposer and Motif under examples/ is right, without a warning.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, ProblemList } from '../../common';
import { localTexts } from '../source/source-texts';
import { checkMotif } from './check-motif';
import { compileKatalog } from './compile-katalog';

const EXAMPLES = join(__dirname, '../../../../examples');
const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' });

it.each(files.filter((file) => /(^|\/)(katalog|komposer)\.yaml$/.test(file)))('%s', (file) => {
  const { warnings, unrunnable } = compileKatalog([join(EXAMPLES, file)]);
  expect([...warnings, ...unrunnable].map(formatProblem)).toEqual([]);
});

it.each(files.filter((file) => /(^|\/)motif\.yaml$/.test(file)))('%s', (file) => {
  const problems = new ProblemList();
  expect(checkMotif(join(EXAMPLES, file), { texts: localTexts, problems })).toBeDefined();
  expect([...problems.errors, ...problems.warnings].map(formatProblem)).toEqual([]);
});
