// Every field of every class of profiles: a right value reaches the object that names the profile, a wrong one is one
// problem at its place. The list of fields is read from their descriptions, so that a new field without a case fails here.
import { CHILD_PROFILES } from '../../resources';
import { PROFILE_CASES } from '../testing/field-cases/profiles';
import { build, compile, katalogWith, onlyCrd } from '../testing/katalog-source';
import { leaves, valueAtPath } from '../testing/leaves';

const HEAD = ['name', 'description'];

describe.each(CHILD_PROFILES.map((profiles) => [profiles.key, profiles] as const))(
  'profiles of %s',
  (key, profiles) => {
    const { list = '', entry = '', smallest = {}, cases = [] } = PROFILE_CASES[key] ?? {};

    function katalogOf(yaml: string): string {
      const keys = yaml.split('\n').map((line) => line.split(':')[0]);
      const needed = Object.entries(smallest).flatMap(([name, line]) => (keys.includes(name) ? [] : [line]));
      const lines = [
        'profiles:',
        `  ${key}:`,
        '    - name: own',
        ...[...needed, ...yaml.split('\n')].map((line) => `      ${line}`),
      ];
      return `${katalogWith(`onReconcile:\n  ${list}:\n    - ${entry}`)}${lines.join('\n')}\n`;
    }

    it('have a case for each field', () => {
      const fields = leaves(profiles.declared, '').supported.filter((name) => !HEAD.includes(name));
      expect([...cases.map(({ field }) => field)].sort()).toEqual([...fields].sort());
    });

    it.each(cases.map((it) => [it.field, it] as const))('%s takes effect', (_field, { right, at, value }) => {
      const [only] = onlyCrd(compile(katalogOf(right))).onReconcile.entries;
      if (only === undefined) throw new Error('no entry');
      expect(valueAtPath(build(only), at)).toEqual(value);
    });

    it.each(cases.map((it) => [it.field, it] as const))('%s: a wrong value has a place', (_field, { wrong, says }) => {
      const { errors, marked } = compile(katalogOf(wrong));
      expect(errors).toEqual([expect.stringContaining(says)]);
      expect(errors[0]).toMatch(new RegExp(`^${marked ?? 'nowhere'} `));
    });
  },
);
