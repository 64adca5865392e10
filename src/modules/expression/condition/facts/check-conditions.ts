// What no data can make right in `when` and `or`: conditions that never hold by the type of their field, and conditions
// that never hold at once. Only what is certain is an error.
import { type Problem, type ProblemList } from '../../../common';
import { type ConditionFacts, type Fact, factWords } from './fact';
import { judge } from './judge';
import { bySubject, together } from './together';

/** A condition, or several together, that no data can satisfy. */
export const CODE_NEVER = 'ORK1305';
/** A condition that says nothing, or most likely something else than it was meant to. */
export const CODE_ODD = 'ORK1306';

/** Reports what is found. The result says whether it is certain that they never hold. */
export function checkFacts(
  { when, or, alternatives }: Pick<ConditionFacts, 'when' | 'or' | 'alternatives'>,
  problems: ProblemList,
): boolean {
  const isImpossible = when.map((fact) => checkFact(fact, problems)).includes(true);
  const isContradictory = checkTogether(when, problems);
  const dead = or.filter((fact) => checkFact(fact, problems) || checkAlternative(fact, when, problems));
  return isImpossible || isContradictory || (alternatives > 0 && dead.length === alternatives);
}

/** True: it never holds. */
function checkFact(fact: Fact, problems: ProblemList): boolean {
  const verdict = judge(fact);
  if (verdict === undefined) return false;
  const isNever = verdict.kind === 'never';
  report(fact, isNever, verdict.message, problems);
  return isNever;
}

/** The first condition with which those before it on the same field never hold. */
function checkTogether(facts: readonly Fact[], problems: ProblemList): boolean {
  if (facts.length < 2) return false;
  let isContradictory = false;
  for (const group of bySubject(facts).values()) {
    for (let count = 2; count <= group.length; count++) {
      const [last, ...before] = group.slice(0, count).reverse();
      if (last === undefined || together([...before, last])?.canHold !== false) continue;
      // What never holds alone was told.
      if (group.slice(0, count).some((fact) => judge(fact)?.kind === 'never')) break;
      report(last, true, `${last.subject}: ${conflict(last, before)}`, problems);
      isContradictory = true;
      break;
    }
  }
  return isContradictory;
}

function conflict(fact: Fact, others: readonly Fact[]): string {
  const other = others.find((one) => together([one, fact])?.canHold === false);
  const found = other === undefined ? others : [other];
  const words = found.map((one) => `${factWords(one)} (line ${one.place.position.line})`);
  return `${factWords(fact)} and ${words.join(' and ')} never hold at once`;
}

/** An alternative that what has to hold beside it excludes. */
function checkAlternative(fact: Fact, when: readonly Fact[], problems: ProblemList): boolean {
  const beside = when.filter(({ subject }) => subject === fact.subject);
  if (beside.length === 0 || together([...beside, fact])?.canHold !== false) return false;
  if (together(beside)?.canHold === false || beside.some((one) => judge(one)?.kind === 'never')) return false;
  report(fact, true, `${fact.subject}: ${conflict(fact, beside)}: this alternative never counts`, problems);
  return true;
}

function report({ place: { position, path } }: Fact, isError: boolean, message: string, problems: ProblemList): void {
  // What several Katalogs bring in can't be right for each of them in every part.
  const isImported = position.usedAt !== undefined;
  const kind: Pick<Problem, 'severity' | 'code'> = {
    severity: isError && !isImported ? 'error' : 'warning',
    code: isError ? CODE_NEVER : CODE_ODD,
  };
  problems.add({ ...kind, message, position, path });
}
