// Layer 1: conditions, merged by type. Foreign conditions stay; lastTransitionTime moves only when a status flips
// (DESIGN §4.11).
import {
  type Clock,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type OrkestraError,
  policyOf,
  rfc3339,
} from '../../common';
import { type CompiledStatus } from '../../katalog';

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

export type PassVerdict =
  | { readonly type: 'success'; readonly notReady: readonly string[]; readonly retained: readonly string[] }
  | { readonly type: 'waiting'; readonly error: OrkestraError }
  | { readonly type: 'failure'; readonly error: OrkestraError }
  | { readonly type: 'paused' };

const MAX_MESSAGE = 1_024;
/** Conditions of ours that stand only while True: they are taken off otherwise. */
const TEMPORARY = ['Progressing', 'Degraded', 'Stalled', 'Paused'] as const;

export function conditionsOf(verdict: PassVerdict, mode: CompiledStatus['conditions']): readonly Condition[] {
  switch (verdict.type) {
    case 'paused':
      return [yes('Paused', 'PausedByAnnotation', 'nothing is written until the annotation is taken off')];
    case 'failure': {
      const { error } = verdict;
      const message = cut(error.message);
      const needsPerson = error.kind === 'UserError' || error.kind === 'Terminal';
      const ready = no(policyOf(error.kind).conditionReason, message);
      return needsPerson ? [ready, yes('Stalled', 'ReconcileError', message)] : [ready];
    }
    case 'waiting': {
      const reason = verdict.error.details['reason'];
      const text = typeof reason === 'string' ? reason : 'Waiting';
      return [no(text, cut(verdict.error.message)), yes('Progressing', text, '')];
    }
    case 'success':
      return [...succeeded(verdict.notReady, mode), ...retained(verdict.retained)];
  }
}

function succeeded(notReady: readonly string[], mode: CompiledStatus['conditions']): readonly Condition[] {
  if (mode === 'classic' || notReady.length === 0) return [READY];
  const message = cut(notReady.slice(0, 3).join('; ') + (notReady.length > 3 ? `; ${notReady.length - 3} more` : ''));
  return [no('ChildrenNotReady', message), yes('Progressing', 'ChildrenNotReady', '')];
}

function retained(names: readonly string[]): readonly Condition[] {
  if (names.length === 0) return [];
  return [
    yes('Degraded', 'ChildrenRetained', cut(`kept although the Katalog has no entry for them: ${names.join(', ')}`)),
  ];
}

const READY: Condition = { type: 'Ready', status: 'True', reason: 'ReconcileSucceeded', message: '' };

function no(reason: string, message: string): Condition {
  return { type: 'Ready', status: 'False', reason, message };
}

function yes(type: (typeof TEMPORARY)[number], reason: string, message: string): Condition {
  return { type, status: 'True', reason, message };
}

/** The list to write; `live` itself when it says all this already. */
export function mergeConditions(
  live: JsonValue | undefined,
  wanted: readonly Condition[],
  generation: number | undefined,
  clock: Clock,
): readonly JsonValue[] {
  const current = Array.isArray(live) ? (live as readonly JsonValue[]) : [];
  if (isSame(current, wanted, generation)) return current;
  const result: JsonValue[] = [];
  const left = new Map(wanted.map((condition) => [condition.type, condition]));
  for (const item of current) {
    const type = isJsonObject(item) ? item['type'] : undefined;
    const condition = typeof type === 'string' ? left.get(type) : undefined;
    if (condition !== undefined) {
      left.delete(condition.type);
      result.push(written(condition, item as JsonObject, generation, clock));
    } else if (!isOurTemporary(type)) {
      result.push(item);
    }
  }
  for (const condition of left.values()) result.push(written(condition, undefined, generation, clock));
  return result;
}

function isSame(current: readonly JsonValue[], wanted: readonly Condition[], generation: number | undefined): boolean {
  const find = (type: string): JsonObject | undefined =>
    current.find((item): item is JsonObject => isJsonObject(item) && item['type'] === type);
  for (const { type, status, reason, message } of wanted) {
    const live = find(type);
    if (live === undefined || live['status'] !== status || live['reason'] !== reason) return false;
    if ((live['message'] ?? '') !== message || live['observedGeneration'] !== generation) return false;
  }
  return TEMPORARY.every((type) => wanted.some((item) => item.type === type) || find(type) === undefined);
}

function isOurTemporary(type: JsonValue | undefined): boolean {
  return (TEMPORARY as readonly unknown[]).includes(type);
}

function written(
  condition: Condition,
  live: JsonObject | undefined,
  generation: number | undefined,
  clock: Clock,
): JsonObject {
  const { type, status, reason, message } = condition;
  const since = live?.['status'] === status ? live['lastTransitionTime'] : undefined;
  return {
    type,
    status,
    reason,
    message,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    lastTransitionTime: since ?? rfc3339(clock.now()),
  };
}

function cut(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE - 3)}...`;
}
