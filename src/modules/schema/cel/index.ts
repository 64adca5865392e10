/** Rules of CRDs in the Common Expression Language. The library behind it is loaded when a schema has rules. */
export { validateCustomResource } from './custom-resource';
export { compileRules, hasRules, type RuleOptions, type RuleSet } from './rules';
