import { KatalogInvalidError, type Problem } from '../../common';
import { requireRunnable } from './require-runnable';

const GATES: Problem = {
  severity: 'unrunnable',
  code: 'ORK1105',
  message: '"preReconcile" can\'t run with this version yet: gates',
  position: { file: 'katalog.yaml', line: 9, column: 9 },
  path: 'spec.crds.shop.operatorBox.preReconcile',
};

it('lets a Katalog run that asks for nothing else', () => {
  expect(() => requireRunnable({ unrunnable: [] })).not.toThrow();
});

it('refuses every part that cannot run, by name and position', () => {
  const refused = (): void => requireRunnable({ unrunnable: [GATES] });
  expect(refused).toThrow(KatalogInvalidError);
  expect(refused).toThrow(
    'katalog.yaml:9:9: "preReconcile" can\'t run with this version yet: gates (spec.crds.shop.operatorBox.preReconcile) [ORK1105]',
  );
});
