// `ork migrate`: a file in canonical spelling, with every comment, blank line, quote and anchor of what stays. The text
// is edited, never written anew. In rounds, because a moved value may hold further spellings; what comes out is
// compared with what the normalisation makes of the file, so a rewrite that would change a meaning never leaves here.
import { type Document, isMap, isScalar, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import { type MapNode, type Problem, ProblemList, type SourceNode, stableStringify } from '../../../common';
import { parseYamlDocuments } from '../../source/parse-yaml';
import { toJson } from '../../source/to-json';
import { textAt } from '../../source/tree';
import { SPELLING_CODE } from '../codes';
import { normalise } from '../normalise';
import { PlaceInFile } from '../places';
import { isEmpty, leftovers, type Step, stepsOf } from '../steps';
import { applyEdits, type Edit } from './edits';
import { movePair } from './move-pair';
import { commentsOf, pairAt, pairsOf } from './yaml-text';

export interface Migration {
  /** In canonical spelling; as it was when there are errors. */
  readonly text: string;
  /** Errors: the file can't be rewritten. Warnings: what was rewritten. */
  readonly problems: ProblemList;
}

const KINDS = ['Katalog', 'Komposer', 'Motif'];
/** More than the moves that the table has for one map; each round does at least one of each map. */
const MAX_ROUNDS = 200;
const BYTE_ORDER_MARK = '\ufeff';

/** A block gets the name that the value goes into, and is no map: as the normalisation has it, the value stays. */
function isBlockedBy(renames: readonly Step[], { canonical }: Step): boolean {
  return renames.some((rename) => {
    return (
      canonical?.[0] === rename.canonical?.[0] && rename.entry.value.kind !== 'map' && !isEmpty(rename.entry.value)
    );
  });
}

/** Rewrites the documents of a text that the table is for; others stay as they are. */
export function migrateText(written: string, file: string): Migration {
  const problems = new ProblemList();
  const expected = parseYamlDocuments(written, file, problems).map((root) =>
    hasSpellings(root) ? normalise(root, problems) : root,
  );
  if (problems.hasErrors || problems.warnings.length === 0) return { text: written, problems };
  const mark = written.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const text = rewritten(written.slice(mark.length), file);
  const failure = compare(written, text, file, expected);
  if (failure === undefined) return { text: mark + text, problems };
  problems.add(failure);
  return { text: written, problems };
}

function hasSpellings(root: SourceNode): root is MapNode {
  return root.kind === 'map' && KINDS.includes(textAt(root, 'kind') ?? '');
}

function rewritten(written: string, file: string): string {
  let text = written;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits = editsOf(text, file);
    if (edits.length === 0) break;
    text = applyEdits(text, edits);
  }
  return text;
}

function editsOf(text: string, file: string): readonly Edit[] {
  const roots = parseYamlDocuments(text, file, new ProblemList());
  const documents = [
    ...(parseAllDocuments(text, { intAsBigInt: true, uniqueKeys: false }) as Document.Parsed[]),
  ].filter(({ contents }) => isMap(contents) || contents?.toJSON() != null);
  return roots.flatMap((root, index) => {
    const contents = documents[index]?.contents;
    if (!hasSpellings(root) || !isMap(contents)) return [];
    return new Round(text).map(root, contents, PlaceInFile.file);
  });
}

/** Steps that don't touch each other: of a map that changes its shape one, and none below it; else all. */
class Round {
  constructor(private readonly text: string) {}

  map(node: MapNode, map: YAMLMap, place: PlaceInFile): readonly Edit[] {
    const { spellings } = place;
    const steps = spellings.flatMap((spelling) => (spelling.joins ? [] : stepsOf(node, spelling)));
    const joins = spellings.flatMap((spelling) => (spelling.joins ? stepsOf(node, spelling) : []));
    const empty = leftovers(node, spellings).map((entry): Step => {
      return { old: [entry.key], canonical: undefined, entry, taken: undefined };
    });
    const renames = [...steps, ...joins].filter(isRename);
    const shaped = (some: readonly Step[]): readonly Edit[] | undefined =>
      this.shapeEdits(
        map,
        some.filter((step) => !isRename(step) && !isBlockedBy(renames, step)),
      );
    const shape = shaped(steps) ?? shaped(joins) ?? shaped(empty);
    if (shape !== undefined) return shape;
    const renamed = renames.flatMap(({ old, canonical }) => rename(map, old, canonical));
    return [...renamed, ...this.below(node, map, place)];
  }

  /** Of values that leave the same block the last one first: all are put behind the block. */
  private shapeEdits(map: YAMLMap, moves: readonly Step[]): readonly Edit[] | undefined {
    const [first] = moves;
    const siblings = moves.filter(({ old, canonical }) => {
      return old.length > 1 && canonical?.length === 1 && old[0] === first?.old[0];
    });
    for (const { old, canonical } of [...siblings].reverse().concat(moves)) {
      const edits = movePair(this.text, map, old, canonical);
      if (edits !== undefined) return edits;
    }
    return undefined;
  }

  private below(node: MapNode, map: YAMLMap, place: PlaceInFile): readonly Edit[] {
    return pairsOf(map).flatMap(({ key, pair }) => {
      const value = node.entries.get(key)?.value;
      return value === undefined ? [] : this.value(value, pair.value, place.key(key));
    });
  }

  /** Aliases are left alone: what they stand for is rewritten where it is written. */
  private value(node: SourceNode, value: unknown, place: PlaceInFile): readonly Edit[] {
    if (place.isOutside) return [];
    if (node.kind === 'map') return isMap(value) ? this.map(node, value, place) : [];
    if (node.kind !== 'list' || !isSeq(value)) return [];
    return node.items.flatMap((item, index) => this.value(item, value.items[index], place.item));
  }
}

function isRename(step: Step): step is Step & { readonly canonical: readonly string[] } {
  return step.old.length === 1 && step.canonical?.length === 1;
}

function rename(map: YAMLMap, [old = '']: readonly string[], [canonical = '']: readonly string[]): readonly Edit[] {
  const pair = pairAt(map, old);
  if (pair === undefined || !isScalar(pair.pair.key)) return [];
  const [start = 0, end = 0] = pair.pair.key.range ?? [];
  return [{ start, end, text: canonical }];
}

/** A problem when the text does not mean what it should, or lost a comment. */
function compare(written: string, text: string, file: string, expected: readonly SourceNode[]): Problem | undefined {
  const problems = new ProblemList();
  const roots = parseYamlDocuments(text, file, problems);
  const left = new ProblemList();
  for (const root of roots) if (hasSpellings(root)) normalise(root, left);
  const [open] = [...left.errors, ...left.warnings];
  const keepsComments = commentsOf(text).join('\n') === commentsOf(written).join('\n');
  const isSame = keepsComments && stableStringify(roots.map(toJson)) === stableStringify(expected.map(toJson));
  if (!problems.hasErrors && open === undefined && isSame) return undefined;
  const position = open?.position ?? expected[0]?.position ?? { file, line: 1, column: 1 };
  const message =
    'this can only be rewritten by hand: an alias, or a value in braces with comments, stands in the way' +
    (open === undefined ? '' : ` (${open.message})`);
  return { severity: 'error', code: SPELLING_CODE.notMigrated, message, position, path: open?.path ?? '' };
}
