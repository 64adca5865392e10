// `imports` of Motifs: those of spec bring profiles and notes to the Katalog, those of a CRD entry resources, status and
// admission rules to it. Both are gone afterwards.
import { type MapEntry, type MapNode, type SourceNode } from '../../../common';
import { list } from '../../../schema';
import { type MotifImport, motifImportField } from '../../model/motif.fields';
import { type ExpandContext } from '../../source/read-tree';
import {
  listOf,
  mapAt,
  nodeAt,
  textAt,
  withEntries,
  withoutKey,
  withoutKeyAt,
  withValue,
  withValueAt,
} from '../../source/tree';
import { mergeClasses } from '../include/merge-rules';
import { noteItems } from '../note-items';
import { bindingsOf, type Bindings, checkNames } from './bindings';
import { fillInputs } from './fill-inputs';
import { joinMotif, type MotifParts } from './join-motif';
import { type LoadedMotif, loadMotif, motifProblem } from './load-motif';
import { motifBlocks } from './motif-blocks';

const importList = list(motifImportField);

/** What is wrong goes to the problems; what has to be fetched first is left out. */
export function expandMotifs(root: MapNode, context: ExpandContext): MapNode {
  const shared = new SharedMotifs(context);
  const withShared = shared.expand(root);
  const crds = mapAt(withShared, 'spec', 'crds');
  if (crds === undefined) return withShared;
  const entries = [...crds.entries.values()].map((entry): MapEntry => {
    const imports = nodeAt(entry.value, 'imports');
    if (entry.value.kind !== 'map' || imports === undefined) return entry;
    return { ...entry, value: withMotifs(withoutKey(entry.value, 'imports'), imports, shared.locations, context) };
  });
  const isSame = entries.every((entry) => crds.entries.get(entry.key) === entry);
  return isSame ? withShared : withValueAt(withShared, ['spec', 'crds'], withEntries(crds, entries));
}

function withMotifs(crd: MapNode, imports: SourceNode, shared: ReadonlySet<string>, context: ExpandContext): MapNode {
  const walk = new Walk(context, (motif, bindings) => {
    const at = nodeAt(motif.root, 'notes') ?? nodeAt(motif.root, 'profiles');
    if (at !== undefined && !shared.has(motif.location)) {
      const message = `notes and profiles of Motif "${motif.name}" count where spec.imports names it, not in a CRD entry`;
      motifProblem(context.problems, at, message, 'warning');
    }
    return motifParts(motif, bindings, context);
  });
  return walk.parts(imports).reduce(joinMotif, crd);
}

/** The parts of a Motif for a CRD entry, with values in the place of its inputs. */
export function motifParts(
  { root }: LoadedMotif,
  bindings: Bindings,
  { problems }: ExpandContext,
  { decide = true, filled }: { readonly decide?: boolean; readonly filled?: Set<SourceNode> } = {},
): MotifParts {
  const fill = (...path: readonly string[]): SourceNode | undefined => {
    const node = nodeAt(root, ...path);
    return node === undefined ? undefined : fillInputs(node, bindings, problems, filled);
  };
  return {
    blocks: motifBlocks(fill('resources'), decide, problems),
    status: fill('status'),
    validation: fill('admission', 'validation'),
    mutation: fill('admission', 'mutation'),
  };
}

/** Through imports of Motifs and theirs, in order: a Motif before those that it imports. */
class Walk<T> {
  constructor(
    private readonly context: ExpandContext,
    private readonly take: (motif: LoadedMotif, bindings: Bindings) => T,
  ) {}

  parts(imports: SourceNode, within: readonly string[] = []): readonly T[] {
    const fields = importList.decode(imports, this.context) ?? [];
    return fields.flatMap((one) => this.one(one, within));
  }

  private one(fields: MotifImport, within: readonly string[]): readonly T[] {
    const { problems } = this.context;
    const motif = loadMotif(fields, within, this.context);
    if (motif === undefined) return [];
    const given = { motif: motif.name, values: fields.with, node: fields.node };
    const bindings = bindingsOf(motif.inputs, given, problems);
    const own = this.take(motif, bindings);
    const nested = nodeAt(motif.root, 'imports');
    if (nested === undefined) return [own];
    return [own, ...this.parts(fillInputs(nested, bindings, problems), [...within, motif.location])];
  }
}

/** Motifs of spec.imports: inputs mean nothing to notes and profiles. */
class SharedMotifs {
  /** Where they lie. */
  readonly locations = new Set<string>();

  constructor(private readonly context: ExpandContext) {}

  expand(root: MapNode): MapNode {
    const imports = nodeAt(root, 'spec', 'imports');
    if (imports === undefined) return root;
    const motifs = this.motifs(imports, []);
    const own = new Set(
      noteItems(nodeAt(root, 'notes', 'functions') ?? listOf([], root)).map((item) => textAt(item, 'name')),
    );
    return motifs.reduce((tree, motif) => this.join(tree, motif, own), withoutKeyAt(root, ['spec', 'imports']));
  }

  private motifs(imports: SourceNode, within: readonly string[]): readonly LoadedMotif[] {
    return (importList.decode(imports, this.context) ?? []).flatMap((fields) => {
      const motif = loadMotif(fields, within, this.context);
      if (motif === undefined) return [];
      checkNames(motif.inputs, { motif: motif.name, values: fields.with, node: fields.node }, this.context.problems);
      this.locations.add(motif.location);
      const nested = nodeAt(motif.root, 'imports');
      const below = nested === undefined ? [] : this.motifs(nested, [...within, motif.location]);
      const brings = [motif, ...below].some(
        ({ root }) => nodeAt(root, 'notes') !== undefined || nodeAt(root, 'profiles') !== undefined,
      );
      if (!brings && fields.motif !== undefined && within.length === 0) {
        const message = `Motif "${motif.name}" has neither notes nor profiles: its resources come with the imports of a CRD entry`;
        motifProblem(this.context.problems, fields.motif.node, message, 'warning');
      }
      return [motif, ...below];
    });
  }

  /** A note of the Katalog itself is the nearer word. */
  private join(tree: MapNode, { root }: LoadedMotif, own: ReadonlySet<string | undefined>): MapNode {
    const notes = nodeAt(root, 'notes', 'functions');
    const profiles = nodeAt(root, 'profiles');
    let joined = tree;
    if (notes !== undefined) {
      const present = nodeAt(tree, 'notes', 'functions');
      const brought = noteItems(notes).filter((item) => !own.has(textAt(item, 'name')));
      const items = [...(present === undefined ? [] : noteItems(present)), ...brought];
      joined = withValueAt(joined, ['notes', 'functions'], listOf(items, present ?? notes));
    }
    if (profiles?.kind === 'map') {
      const present = mapAt(joined, 'profiles');
      joined = withValue(joined, 'profiles', present === undefined ? profiles : mergeClasses(present, profiles));
    }
    return joined;
  }
}
