// Conditions of a Motif's resources that are known when the Katalog is loaded: they are decided, and go. A resource that
// can never be there goes with them.
import { type MapNode, ProblemList, type SourceNode } from '../../../common';
import { compileConditions, conditionList } from '../../../expression';
import { listOf, textAt, withoutKey, withValue } from '../../source/tree';
import { CODE } from '../../validate/codes';
import { templateOf } from './fill-inputs';
import { NO_CONTEXT } from './input-text';

/** They look at the data of the CR by its path: that of a template has no type, and no other CR. */
const NEEDS_PATH = /^(unique|type[A-Z]\w*)$/;
const LOOKS_LIKE_PATH = /^(metadata|spec|status|inputs|cross|children|external|metrics|item)(\.[A-Za-z_][-\w]*)+$/;

/**
 * The resource without its static conditions; undefined when they say that it is never there. All of `when` have to
 * hold; one static `or` that holds decides `or`, and when none holds those that depend on data do.
 */
export function decideResource(resource: MapNode, problems: ProblemList): MapNode | undefined {
  const when = conditionsAt(resource, 'when', problems);
  const or = conditionsAt(resource, 'or', problems);
  if (when.some(({ holds }) => holds === false)) return undefined;
  const open = or.filter(({ holds }) => holds === undefined);
  const isMet = or.some(({ holds }) => holds === true);
  if (or.length > 0 && !isMet && open.length === 0) return undefined;
  const left = when.filter(({ holds }) => holds === undefined);
  return withConditions(withConditions(resource, 'when', left), 'or', isMet ? [] : open);
}

interface Condition {
  readonly node: SourceNode;
  /** Undefined: the data of a CR decide. */
  readonly holds: boolean | undefined;
}

function conditionsAt(resource: MapNode, key: string, problems: ProblemList): readonly Condition[] {
  const list = resource.entries.get(key)?.value;
  return list?.kind === 'list' ? list.items.map((item) => condition(item, problems)) : [];
}

function withConditions(resource: MapNode, key: string, left: readonly Condition[]): MapNode {
  const list = resource.entries.get(key)?.value;
  // What is no list is told by the decoder.
  if (list?.kind !== 'list') return resource;
  if (left.length === 0) return withoutKey(resource, key);
  return withValue(
    resource,
    key,
    listOf(
      left.map(({ node }) => node),
      list,
    ),
  );
}

function condition(node: SourceNode, problems: ProblemList): Condition {
  const field = node.kind === 'map' ? node.entries.get('field')?.value : undefined;
  if (node.kind !== 'map' || field?.kind !== 'scalar' || field.value === null) return { node, holds: undefined };
  if (field.text.includes('{{')) return { node, holds: decision(node) };
  if (NEEDS_PATH.test(textAt(node, 'operator') ?? '')) return { node, holds: undefined };
  if (LOOKS_LIKE_PATH.test(field.text)) {
    const message =
      `in a resource of a Motif "${field.text}" is a text, and no path of the CR: ` + `write "{{ .${field.text} }}"`;
    const { position, path } = field;
    problems.add({ severity: 'warning', code: CODE.motifCondition, message, position, path });
  }
  const known = withValue(node, 'field', templateOf(field));
  return { node: known, holds: decision(known) };
}

/** What holds whatever the data are; what is wrong with a condition is told where it is compiled. */
function decision(node: MapNode): boolean | undefined {
  // Teams are told by the runtime.
  if (node.entries.has('notify')) return undefined;
  const problems = new ProblemList();
  const when = conditionList.decode(listOf([node], node), { problems });
  const conditions = compileConditions({ when, or: undefined }, problems);
  if (problems.hasErrors || conditions.purity !== 'pure' || conditions.reads.length > 0) return undefined;
  return conditions.evaluate({}, NO_CONTEXT);
}
