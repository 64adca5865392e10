import { missingRules, ruleText } from './missing-rules';
import { type PolicyRule } from './policy-rule';

function rule(group: string, resource: string, ...verbs: readonly string[]): PolicyRule {
  return { apiGroups: [group], resources: [resource], verbs };
}

const NEEDED = [rule('apps', 'deployments', 'get', 'list', 'patch'), rule('shop.io', 'carts/status', 'patch')];

it('finds nothing missing where every verb is granted, by one rule or by several', () => {
  expect(missingRules(NEEDED, NEEDED)).toEqual([]);
  const split = [rule('apps', 'deployments', 'get'), rule('apps', 'deployments', 'patch', 'list'), NEEDED[1]!];
  expect(missingRules(NEEDED, split)).toEqual([]);
});

it('names only the verbs that are missing', () => {
  expect(missingRules(NEEDED, [rule('apps', 'deployments', 'get', 'list'), NEEDED[1]!])).toEqual([
    rule('apps', 'deployments', 'patch'),
  ]);
});

it('takes stars as the authorizer does', () => {
  expect(missingRules(NEEDED, [rule('*', '*', '*')])).toEqual([]);
  expect(missingRules(NEEDED, [rule('*', '*', 'get', 'list')])).toEqual([
    rule('apps', 'deployments', 'patch'),
    rule('shop.io', 'carts/status', 'patch'),
  ]);
  expect(missingRules(NEEDED, [rule('apps', '*', '*'), rule('shop.io', '*/status', 'patch')])).toEqual([]);
});

it('does not count the resource for its subresource, nor another group', () => {
  expect(missingRules([NEEDED[1]!], [rule('shop.io', 'carts', '*'), rule('apps', 'carts/status', '*')])).toEqual([
    NEEDED[1],
  ]);
});

it('does not count a rule for named objects', () => {
  expect(missingRules(NEEDED, [{ ...rule('*', '*', '*'), resourceNames: ['one'] }])).toEqual(NEEDED);
});

it('writes a rule as it stands in a ClusterRole', () => {
  expect(ruleText(rule('', 'services', 'get', 'list'))).toBe(
    '- {apiGroups: [""], resources: ["services"], verbs: ["get", "list"]}',
  );
});
