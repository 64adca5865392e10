// What is declared and can never be there: an entry whose block excludes it, a status field that is always written over.
import { type Problem, type ProblemList, type SourcePosition } from '../../common';
import { type ConditionFacts, excludeEachOther } from '../../expression';
import {
  type CompiledBlock,
  type CompiledDeletion,
  type CompiledStatus,
  type CompiledStatusField,
} from '../compile/compiled-katalog';
import { CODE } from './codes';

/** Conditions of entries against those of their block. */
export function checkReached(blocks: readonly CompiledBlock[], problems: ProblemList): void {
  for (const { conditions, entries } of blocks) {
    if (conditions.facts.count === 0) continue;
    for (const entry of entries) checkInside(conditions.facts, entry, 'the entry is never there', problems);
  }
}

/** Conditions of the stages of onDelete against those of the block. */
export function checkStages(onDelete: CompiledDeletion | undefined, problems: ProblemList): void {
  if (onDelete === undefined || onDelete.conditions.facts.count === 0) return;
  for (const { conditions, entries, name } of onDelete.stages) {
    const [first] = entries;
    if (first === undefined) continue;
    checkInside(onDelete.conditions.facts, { ...first, conditions }, `the stage "${name}" never runs`, problems);
  }
}

interface Inside {
  readonly conditions: { readonly facts: ConditionFacts };
  readonly position: SourcePosition;
  readonly path: string;
}

function checkInside(outer: ConditionFacts, inside: Inside, what: string, problems: ProblemList): void {
  const { facts } = inside.conditions;
  if (facts.count === 0 || facts.isNever || outer.isNever || !excludeEachOther([outer, facts])) return;
  const { position, path } = inside;
  const severity: Problem['severity'] = position.usedAt === undefined ? 'error' : 'warning';
  const message = `${what}: its conditions and those of its block never hold at once`;
  problems.add({ severity, code: CODE.unreached, message, position, path });
}

/**
 * A field without conditions whose path a later one always writes, too. After a failed pass only fields with conditions
 * are written, so one with conditions is seen then; and a template may fail, and leaves what is there.
 */
export function checkStatusReached({ fields }: CompiledStatus, problems: ProblemList): void {
  const last = new Map<string, CompiledStatusField>();
  for (const field of [...fields].reverse()) {
    const key = field.path.join('.');
    const later = last.get(key);
    if (later !== undefined && field.conditions.isAlways) {
      const { position } = field;
      const message = `status.${key} is never seen: the field at line ${later.position.line} writes over it on every pass`;
      problems.add({ severity: 'warning', code: CODE.unreached, message, position, path: `status.${key}` });
    }
    if (later === undefined && isAlwaysWritten(field)) last.set(key, field);
  }
}

function isAlwaysWritten({ conditions, clearOnFalse, value, type }: CompiledStatusField): boolean {
  return (conditions.isAlways || clearOnFalse) && value.isStatic && (type === 'string' || value.source !== '');
}
