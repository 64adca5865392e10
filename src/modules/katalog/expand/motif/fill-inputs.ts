// A tree of a Motif with values in the place of its inputs.
import {
  didYouMean,
  type MapEntry,
  type MapNode,
  type ProblemList,
  type ScalarNode,
  type SourceNode,
} from '../../../common';
import { withEntries } from '../../source/tree';
import { CODE } from '../../validate/codes';
import { type Binding, type Bindings } from './bindings';
import { asTemplate, fillText } from './input-text';

/** Keys of lists of conditions. */
export const CONDITION_LISTS: readonly string[] = ['when', 'or'];

/**
 * The tree with every reference to an input replaced: a value that is one reference and nothing else gets the type of
 * the input. The field of a condition stays a template, also when its value is known: as plain text it would be a path.
 */
export function fillInputs(
  node: SourceNode,
  bindings: Bindings,
  problems: ProblemList,
  filled?: Set<SourceNode>,
): SourceNode {
  return new Filling(bindings, problems, filled).node(node);
}

class Filling {
  constructor(
    private readonly bindings: Bindings,
    private readonly problems: ProblemList,
    private readonly filled: Set<SourceNode> | undefined,
  ) {}

  node(node: SourceNode): SourceNode {
    if (node.kind === 'scalar') return this.scalar(node);
    if (node.kind === 'map') return this.map(node);
    const items = node.items.map((item) => this.node(item));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }

  private map(map: MapNode): MapNode {
    const entries = [...map.entries.values()].map((entry): MapEntry => {
      const key = this.key(entry, map);
      const value = CONDITION_LISTS.includes(entry.key) ? this.conditions(entry.value) : this.node(entry.value);
      return key === entry.key && value === entry.value ? entry : { ...entry, key, value };
    });
    if (entries.every((entry) => map.entries.get(entry.key) === entry)) return map;
    const twice = entries.find((entry, index) => entries.findIndex(({ key }) => key === entry.key) < index);
    if (twice !== undefined) this.report(`the key ${twice.key} stands twice in one map`, twice.keyPosition, map.path);
    return withEntries(map, entries);
  }

  private key(entry: MapEntry, { path }: MapNode): string {
    const { key, keyPosition } = entry;
    const report = (_offset: number, message: string): void => this.report(message, keyPosition, path);
    return fillText(key, this.bindings, (name) => this.unknown(name), report)?.text ?? key;
  }

  private conditions(list: SourceNode): SourceNode {
    if (list.kind !== 'list') return this.node(list);
    const items = list.items.map((item) => {
      const filled = this.node(item);
      if (item.kind !== 'map' || filled.kind !== 'map') return filled;
      const field = filled.entries.get('field');
      const isKnown = field?.value.kind === 'scalar' && !field.value.text.includes('{{');
      if (!isKnown || field.value === item.entries.get('field')?.value) return filled;
      return withEntries(filled, [...filled.entries.values(), { ...field, value: templateOf(field.value) }]);
    });
    return { ...list, items };
  }

  private scalar(node: ScalarNode): ScalarNode {
    const report = (offset: number, message: string): void => this.report(message, node.locate(offset), node.path);
    const filled = fillText(node.text, this.bindings, (name) => this.unknown(name), report);
    if (filled === undefined) return node;
    const { text, sole, origin } = filled;
    const scalar: ScalarNode = {
      ...node,
      ...(sole === undefined ? { value: text, text, style: 'quoted' } : typedValue(sole)),
      locate: (offset) => node.locate(origin(offset)),
    };
    this.filled?.add(scalar);
    return scalar;
  }

  private unknown(name: string): string {
    const known = [...this.bindings.keys()];
    const hint = didYouMean(name, known);
    return `the Motif has no input "${name}"${hint === '' ? `; it has ${known.length === 0 ? 'none' : known.join(', ')}` : hint}`;
  }

  private report(message: string, position: SourceNode['position'], path: string): void {
    this.problems.add({ severity: 'error', code: CODE.motifInput, message, position, path });
  }
}

/** The field of a condition as a template that gives its text. */
export function templateOf(node: ScalarNode): ScalarNode {
  const text = asTemplate(node.text);
  return { ...node, value: text, text, style: 'quoted', locate: () => node.position };
}

/** As YAML would read the text without quotes; an input without a value leaves its field unset. */
function typedValue({ type, text }: Binding): Pick<ScalarNode, 'value' | 'text' | 'style'> {
  if (type === 'string' || text.includes('{{')) return { value: text, text, style: 'quoted' };
  if (text === '') return { value: null, text, style: 'plain' };
  if (type === 'bool' || type === 'boolean') return { value: text === 'true', text, style: 'plain' };
  const number = Number(text);
  const isExact = !/^[-+]?\d+$/.test(text) || Number.isSafeInteger(number);
  return { value: isExact ? number : BigInt(text.replace(/^\+/, '')), text, style: 'plain' };
}
