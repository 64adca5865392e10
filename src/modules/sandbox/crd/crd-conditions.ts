// status of a CustomResourceDefinition: which names it got, and whether its resources are served.
import { type JsonObject, rfc3339 } from '../../common';
import { items, part, parts, textAt } from '../kinds';

export type ConditionType = 'NamesAccepted' | 'Established' | 'Terminating';

export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** The conditions with this one in place; its time moves when its status does. */
export function withCondition(status: JsonObject | undefined, next: Condition, nowMs: number): JsonObject {
  const conditions = parts(status, 'conditions');
  const before = conditions.find((condition) => condition['type'] === next.type);
  const time = before !== undefined && before['status'] === next.status ? before['lastTransitionTime'] : rfc3339(nowMs);
  const { type, ...rest } = next;
  const made = { lastTransitionTime: time, ...rest, type };
  const list = before === undefined ? [...conditions, made] : conditions.map((one) => (one === before ? made : one));
  return { ...status, conditions: list };
}

export function hasCondition(crd: JsonObject, type: ConditionType): boolean {
  return parts(part(crd, 'status'), 'conditions').some(
    (condition) => condition['type'] === type && condition['status'] === 'True',
  );
}

interface Names {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
}

function namesOf(crd: JsonObject, place: 'spec' | 'status'): Names {
  const names = place === 'spec' ? part(part(crd, 'spec'), 'names') : part(part(crd, 'status'), 'acceptedNames');
  return {
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular'),
    kind: textAt(names, 'kind'),
    listKind: textAt(names, 'listKind'),
    shortNames: items(names, 'shortNames').filter((name) => typeof name === 'string'),
  };
}

export interface Acceptance {
  readonly acceptedNames: JsonObject;
  readonly condition: Condition;
}

/** Names of resources and of kinds are taken once in a group; `others`: all other definitions. */
export function acceptNames(crd: JsonObject, others: readonly JsonObject[]): Acceptance {
  const wanted = namesOf(crd, 'spec');
  const accepted = namesOf(crd, 'status');
  const group = textAt(part(crd, 'spec'), 'group');
  const rivals = others
    .filter((other) => textAt(part(other, 'spec'), 'group') === group)
    .map((other) => namesOf(other, 'status'));
  const resources = new Set(rivals.flatMap((names) => [names.plural, names.singular, ...names.shortNames]));
  const kinds = new Set(rivals.flatMap((names) => [names.kind, names.listKind]));
  const made: { -readonly [Key in keyof Names]: Names[Key] } = { ...accepted };
  let condition: Condition | undefined;
  const refuse = (reason: string, names: readonly string[]): void => {
    const quoted = names.map((name) => `"${name}" is already in use`).join(', ');
    condition = { type: 'NamesAccepted', status: 'False', reason, message: quoted };
  };
  if (resources.has(wanted.plural)) refuse('PluralConflict', [wanted.plural]);
  else made.plural = wanted.plural;
  if (resources.has(wanted.singular)) refuse('SingularConflict', [wanted.singular]);
  else made.singular = wanted.singular;
  const taken = wanted.shortNames.filter((name) => resources.has(name));
  if (taken.length > 0) refuse('ShortNamesConflict', taken);
  else made.shortNames = wanted.shortNames;
  if (kinds.has(wanted.kind)) refuse('KindConflict', [wanted.kind]);
  else made.kind = wanted.kind;
  if (kinds.has(wanted.listKind)) refuse('ListKindConflict', [wanted.listKind]);
  else made.listKind = wanted.listKind;
  const categories = items(part(part(crd, 'spec'), 'names'), 'categories');
  const { shortNames, singular, listKind } = made;
  return {
    acceptedNames: {
      plural: made.plural,
      ...(singular === '' ? {} : { singular }),
      ...(shortNames.length === 0 ? {} : { shortNames }),
      kind: made.kind,
      ...(listKind === '' ? {} : { listKind }),
      ...(categories.length === 0 ? {} : { categories }),
    },
    condition: condition ?? {
      type: 'NamesAccepted',
      status: 'True',
      reason: 'NoConflicts',
      message: 'no conflicts found',
    },
  };
}

export const ESTABLISHED: Condition = {
  type: 'Established',
  status: 'True',
  reason: 'InitialNamesAccepted',
  message: 'the initial names have been accepted',
};

export const NOT_ESTABLISHED: Condition = {
  type: 'Established',
  status: 'False',
  reason: 'NotAccepted',
  message: 'not all names are accepted',
};

export const TERMINATING: Condition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionPending',
  message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
};
