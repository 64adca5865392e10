// Status fields that read themselves, directly or through each other, and never come to rest: every pass writes another
// value, and each write is the reason for the next pass. What reads nothing but such fields and constants is run, pass
// after pass, from an empty status: a state that comes again is the proof. A field that only moves on is none.
import {
  cloneJson,
  type JsonObject,
  jsonText,
  ManualClock,
  type MutableJsonObject,
  type ProblemList,
  setAt,
} from '../../common';
import { candidateTexts, type DataPath, type EvaluationContext, type Fact, fieldText } from '../../expression';
import { type CompiledStatus, type CompiledStatusField } from '../compile/compiled-katalog';
import { statusValue } from '../compile/status-value';
import { CODE } from './codes';
import { resourceText } from './resource-text';

const MAX_PASSES = 100;
/** How many resources are tried that differ in the fields that the conditions look at. */
const MAX_RESOURCES = 64;
const EVALUATION: EvaluationContext = { clock: new ManualClock(), random: { next: () => 0 } };

export function checkStatusCycles({ fields, isWritten }: CompiledStatus, problems: ProblemList): void {
  if (!isWritten || !fields.some((field) => readsStatus(field))) return;
  const told = new Set<CompiledStatusField>();
  for (const group of groupsOf(fields)) {
    const found = canRun(group) ? cycleOf(group) : undefined;
    const first = found?.changing[0];
    if (found === undefined || first === undefined || told.has(first)) continue;
    for (const field of group) told.add(field);
    const name = nameOf(first);
    const values = [...found.values, found.values[0] ?? ''].map((value) => (value === '' ? 'nothing' : `"${value}"`));
    const isAlways = found.resource.size === 0;
    const when = isAlways ? '' : ` when ${resourceText(found.resource)}`;
    const message = `${name} never comes to rest${when}: each pass writes what changes the conditions of the next one (${values.join(', ')}, ...)`;
    const severity = isAlways ? 'error' : 'warning';
    problems.add({ severity, code: CODE.statusCycle, message, position: first.position, path: name });
  }
}

function readsOf({ value, conditions }: CompiledStatusField): readonly DataPath[] {
  return [...value.reads, ...conditions.reads];
}

function readsStatus(field: CompiledStatusField): boolean {
  return readsOf(field).some(([first]) => first === 'status');
}

function nameOf({ path }: CompiledStatusField): string {
  return `status.${path.join('.')}`;
}

/** Whether a read path of the data sees what the field writes. */
function sees([root, ...read]: DataPath, { path }: CompiledStatusField): boolean {
  return root === 'status' && read.every((step, at) => path[at] === undefined || path[at] === step);
}

/** For each field that depends on itself: it and everything that it depends on, in the order of the file. */
function groupsOf(fields: readonly CompiledStatusField[]): readonly (readonly CompiledStatusField[])[] {
  const byPath = new Map<string, CompiledStatusField[]>();
  for (const field of fields) byPath.set(nameOf(field), [...(byPath.get(nameOf(field)) ?? []), field]);
  const used = new Map(
    [...byPath].map(([name, writers]) => {
      const reads = writers.flatMap(readsOf);
      const sources = [...byPath].filter(([, [one]]) => one !== undefined && reads.some((path) => sees(path, one)));
      return [name, sources.map(([source]) => source)] as const;
    }),
  );
  const groups = new Map<string, readonly CompiledStatusField[]>();
  for (const name of byPath.keys()) {
    const reached = new Set<string>();
    const visit = (at: string): void => {
      for (const source of used.get(at) ?? []) {
        if (reached.has(source)) continue;
        reached.add(source);
        visit(source);
      }
    };
    visit(name);
    if (reached.has(name)) {
      groups.set(
        [...reached].sort().join(' '),
        fields.filter((field) => reached.has(nameOf(field))),
      );
    }
  }
  return [...groups.values()];
}

/** Whether everything that decides is known: the fields themselves, and plain fields of the resource. */
function canRun(group: readonly CompiledStatusField[]): boolean {
  const isOwn = (path: DataPath): boolean => path.length > 1 && group.some((field) => sees(path, field));
  return group.every(({ value, conditions, purity }) => {
    const { when, or, count } = conditions.facts;
    const facts = [...when, ...or];
    if (purity !== 'pure' || conditions.purity !== 'pure' || facts.length < count) return false;
    if (!value.reads.every(isOwn)) return false;
    return facts.every(({ path, holds }) => {
      if (path === undefined || holds === undefined) return false;
      return isOwn(path) || isOfResource(path);
    });
  });
}

function isOfResource([root]: DataPath): boolean {
  return root === 'spec' || root === 'metadata';
}

interface Cycle {
  readonly resource: ReadonlyMap<string, string>;
  readonly changing: readonly CompiledStatusField[];
  /** Of the first one that changes, in the order of the passes. */
  readonly values: readonly string[];
}

function cycleOf(group: readonly CompiledStatusField[]): Cycle | undefined {
  for (const resource of resourcesOf(group) ?? []) {
    const states = runPasses(group, resource);
    if (states === undefined) continue;
    const textsOf = ({ path }: CompiledStatusField): readonly string[] => states.map((state) => fieldText(state, path));
    const changing = group.filter((field) => new Set(textsOf(field)).size > 1);
    return { resource, changing, values: changing[0] === undefined ? [] : textsOf(changing[0]) };
  }
  return undefined;
}

/** Resources for which the conditions on their fields come out in different ways; undefined when there are too many. */
function resourcesOf(group: readonly CompiledStatusField[]): readonly ReadonlyMap<string, string>[] | undefined {
  const bySubject = new Map<string, Fact[]>();
  for (const { conditions } of group) {
    for (const fact of [...conditions.facts.when, ...conditions.facts.or]) {
      if (fact.path === undefined || !isOfResource(fact.path)) continue;
      bySubject.set(fact.subject, [...(bySubject.get(fact.subject) ?? []), fact]);
    }
  }
  let resources: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const [subject, facts] of bySubject) {
    const texts = candidateTexts(facts);
    if (resources.length * texts.length > MAX_RESOURCES) return undefined;
    resources = resources.flatMap((one) => texts.map((text) => new Map([...one, [subject, text]])));
  }
  return resources;
}

/** The states that come again and again; undefined when the status comes to rest, or nobody knows. */
function runPasses(
  group: readonly CompiledStatusField[],
  resource: ReadonlyMap<string, string>,
): readonly JsonObject[] | undefined {
  const states: JsonObject[] = [];
  const seen = new Map<string, number>();
  let status: JsonObject = {};
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const key = jsonText(status);
    const before = seen.get(key);
    if (before !== undefined) return before === pass - 1 ? undefined : states.slice(before);
    seen.set(key, pass);
    states.push(status);
    const next = nextStatus(group, resource, status);
    if (next === undefined) return undefined;
    status = next;
  }
  return undefined;
}

/** As the engine writes them: all of them see the status from before the pass. */
function nextStatus(
  group: readonly CompiledStatusField[],
  resource: ReadonlyMap<string, string>,
  status: JsonObject,
): JsonObject | undefined {
  const data: MutableJsonObject = { status };
  for (const [subject, text] of resource) setAt(data, subject.split('.'), text);
  const next = cloneJson(status);
  for (const { conditions, clearOnFalse, value, type, path } of group) {
    if (!conditions.evaluate(data, EVALUATION)) {
      if (clearOnFalse) setAt(next, path, '');
      continue;
    }
    try {
      const written = statusValue(type, value.resolve(data, EVALUATION));
      if (written !== undefined) setAt(next, path, written);
    } catch {
      return undefined;
    }
  }
  return next;
}
