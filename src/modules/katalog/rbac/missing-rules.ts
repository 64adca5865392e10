// What an account lacks: needed rules minus granted ones, with the meaning that the RBAC authorizer gives to them.
import { type PolicyRule } from './policy-rule';

/** Rules of single resources whose verbs are exactly those that nobody grants. */
export function missingRules(needed: readonly PolicyRule[], granted: readonly PolicyRule[]): readonly PolicyRule[] {
  // A rule for named objects grants no list, no watch, no create: it never covers what a Katalog needs.
  const general = granted.filter(({ resourceNames = [] }) => resourceNames.length === 0);
  return needed.flatMap(({ apiGroups: [group = ''], resources: [resource = ''], verbs }) => {
    const lacking = verbs.filter((verb) => !general.some((rule) => covers(rule, group, resource, verb)));
    return lacking.length === 0 ? [] : [{ apiGroups: [group], resources: [resource], verbs: lacking }];
  });
}

/** One line of YAML, as it stands under `rules:` of a ClusterRole. */
export function ruleText({ apiGroups, resources, resourceNames, verbs }: PolicyRule): string {
  const list = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
  const names = resourceNames === undefined ? '' : `resourceNames: ${list(resourceNames)}, `;
  return `- {apiGroups: ${list(apiGroups)}, resources: ${list(resources)}, ${names}verbs: ${list(verbs)}}`;
}

function covers(rule: PolicyRule, group: string, resource: string, verb: string): boolean {
  return (
    has(rule.verbs, verb) &&
    has(rule.apiGroups, group) &&
    (has(rule.resources, resource) || rule.resources.includes(`*/${resource.split('/')[1] ?? ''}`))
  );
}

function has(allowed: readonly string[], wanted: string): boolean {
  return allowed.includes('*') || allowed.includes(wanted);
}
