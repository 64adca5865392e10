// Rules about CRs: each must say something that can be decided.
import { didYouMean, ProblemList } from '../../common';
import { compileConditions, type ConditionFields } from '../../expression';
import { type MutationRule, type ValidationRule } from '../model/rules.fields';
import { CODE } from './codes';
import { at, type EntryRule, type EntryScope, type Findings } from './rule';

/** Keys of a rule that are no comparison. */
const NO_COMPARISON: ReadonlySet<string> = new Set([
  ...['field', 'message', 'action', 'valueType', 'value', 'when', 'or', 'fires', 'link'],
]);

export function admissionRule(problems: ProblemList): EntryRule {
  return (scope, findings) => {
    for (const rule of scope.entry.validation?.rules ?? []) {
      checkComparison(rule, problems, findings);
      checkLink(rule, scope, findings);
    }
    for (const rule of scope.entry.mutation?.rules ?? []) checkMutation(rule, findings);
  };
}

/** As a condition has it: one operator, with a value that it can take. */
function checkComparison(rule: ValidationRule, problems: ProblemList, findings: Findings): void {
  if (![...rule.node.entries.keys()].some((key) => !NO_COMPARISON.has(key))) {
    findings.error(at(rule), CODE.admission, 'a rule needs an operator: equals, min, regex, ... or "operator"');
    return;
  }
  const { position, path } = rule.node;
  // The field has been looked at with the types of the data, and templates too: only the comparison is new here.
  const { when: _when, or: _or, ...comparison } = rule;
  const fields: ConditionFields = { ...comparison, position, path };
  const found = new ProblemList();
  compileConditions({ when: [fields] }, found, {});
  problems.addAll(found);
}

function checkLink({ link, field }: ValidationRule, { entry }: EntryScope, findings: Findings): void {
  if (link === undefined) return;
  const { fields, labels, annotations } = entry.serve ?? {};
  const known = [fields, labels, annotations].flatMap((map) => [...(map?.keys() ?? [])]);
  if (!known.includes(link.text)) {
    const hint = didYouMean(link.text, known);
    const message = `"${link.text}" is not in serve.fields, serve.labels or serve.annotations${hint}`;
    findings.error(link.node, CODE.admission, message);
  } else if (field?.text === `spec.${link.text}`) {
    findings.error(link.node, CODE.admission, `"link" says what "field" says already`);
  }
}

function checkMutation(rule: MutationRule, findings: Findings): void {
  const { entries } = rule.node;
  if (entries.has('default') && entries.has('override')) {
    findings.warning(at(rule, 'default'), CODE.admission, '"default" has no effect beside "override"');
  }
  if (!entries.has('default') && !entries.has('override')) {
    findings.error(at(rule), CODE.admission, 'a mutation needs "default" or "override"');
  }
  if (rule.field?.text.includes('{{') === true) {
    findings.error(rule.field.node, CODE.admission, 'a mutation sets a path: "field" can\'t be a template');
  }
}
