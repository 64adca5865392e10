// The blocks of a Motif as those of a CRD entry: `resources` to onReconcile, onCreate and onDelete, with the gate of a
// block on each of its entries, because the block of the CRD entry is not the Motif's own.
import { type MapEntry, type MapNode, type ProblemList, type SourceNode } from '../../../common';
import { itemsAt, listOf, withEntries, withoutKey, withValue } from '../../source/tree';
import { CODE } from '../../validate/codes';
import { CONDITION_LISTS } from './fill-inputs';
import { decideResource } from './static-conditions';

/** The parts of an operatorBox that a Motif brings. */
export interface MotifBlocks {
  readonly onReconcile: MapNode | undefined;
  readonly onCreate: MapNode | undefined;
  readonly onDelete: MapNode | undefined;
}

const NESTED: readonly string[] = ['onCreate', 'onDelete'];

/** `decide`: resources that can never be there are left out. */
export function motifBlocks(resources: SourceNode | undefined, decide: boolean, problems: ProblemList): MotifBlocks {
  if (resources?.kind !== 'map') {
    // What is neither a map nor empty is told as the block that it would be.
    const onReconcile = resources as MapNode | undefined;
    return { onReconcile, onCreate: undefined, onDelete: undefined };
  }
  const blocks = new Blocks(decide, problems);
  const own = NESTED.reduce(withoutKey, resources);
  const nested = (key: string): MapNode | undefined => {
    const block = resources.entries.get(key)?.value;
    return block?.kind === 'map' ? blocks.gated(block, resources) : (block as MapNode | undefined);
  };
  return { onReconcile: blocks.gated(own), onCreate: nested('onCreate'), onDelete: nested('onDelete') };
}

class Blocks {
  constructor(
    private readonly decide: boolean,
    private readonly problems: ProblemList,
  ) {}

  /** A block without gate, whose entries have that of the block and of the one around it. */
  gated(block: MapNode, outer?: MapNode): MapNode {
    const gates = outer === undefined ? [block] : [outer, block];
    const bare = CONDITION_LISTS.reduce(withoutKey, block);
    const entries = [...bare.entries.values()].map((entry): MapEntry => {
      const { value } = entry;
      if (value.kind !== 'list') return entry;
      const items = value.items.flatMap((item) => this.entry(item, gates, entry.key === 'groups'));
      return { ...entry, value: { ...value, items } };
    });
    return withEntries(bare, entries);
  }

  private entry(item: SourceNode, gates: readonly MapNode[], isGroup: boolean): readonly SourceNode[] {
    if (item.kind !== 'map') return [item];
    const gated = gates.reduceRight((entry, gate) => this.behind(entry, gate), isGroup ? this.group(item) : item);
    if (!this.decide) return [gated];
    const decided = decideResource(gated, this.problems);
    return decided === undefined ? [] : [decided];
  }

  /** A group keeps its gate; its entries have none of it. */
  private group(group: MapNode): MapNode {
    if (!this.decide) return group;
    const entries = [...group.entries.values()].map((entry): MapEntry => {
      if (entry.value.kind !== 'list' || CONDITION_LISTS.includes(entry.key)) return entry;
      const items = entry.value.items.flatMap((item): readonly SourceNode[] => {
        const decided = item.kind === 'map' ? decideResource(item, this.problems) : item;
        return decided === undefined ? [] : [decided];
      });
      return { ...entry, value: { ...entry.value, items } };
    });
    return withEntries(group, entries);
  }

  /** All of `when` have to hold; of two `or` lists one has to be short enough to be part of `when`. */
  private behind(entry: MapNode, gate: MapNode): MapNode {
    const when = [...itemsAt(gate, 'when'), ...itemsAt(entry, 'when')];
    const outer = itemsAt(gate, 'or');
    const inner = itemsAt(entry, 'or');
    const [short, long] = outer.length <= inner.length ? [outer, inner] : [inner, outer];
    if (short.length > 1) {
      const { position, path } = entry.entries.get('or')?.value ?? entry;
      const message =
        'this entry and its block have alternatives ("or") both: write those of the block into its entries';
      this.problems.add({ severity: 'error', code: CODE.motif, message, position, path });
      return entry;
    }
    const all = [...when, ...short];
    const withWhen = all.length === 0 ? entry : withValue(entry, 'when', listOf(all, gateAt(entry, gate, 'when')));
    return long.length === 0 ? withWhen : withValue(withWhen, 'or', listOf(long, gateAt(entry, gate, 'or')));
  }
}

/** Where a list of conditions is said to stand. */
function gateAt(entry: MapNode, gate: MapNode, key: string): SourceNode {
  return entry.entries.get(key)?.value ?? gate.entries.get(key)?.value ?? gate;
}
