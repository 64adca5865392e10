// Where in a file a spelling of the table may stand: the patterns of all rows as one tree, walked along with the
// values of a file.
import { type Spelling, SPELLINGS } from './spellings';

interface PlaceNode {
  readonly spellings: Spelling[];
  readonly below: Map<string, PlaceNode>;
}

/** What is known of one value of a file: all patterns that lead to it. */
export class PlaceInFile {
  private constructor(private readonly nodes: readonly PlaceNode[]) {}

  /** The root of a file. */
  static readonly file = new PlaceInFile([treeOf(SPELLINGS)]);

  /**
   * The place of an included file, whose root stands for a value of the including one: `spec.crds.*.validation`.
   * Keys of the user are `*`, items of lists `[]`.
   */
  static at(path: string): PlaceInFile {
    return segmentsOf(path).reduce((place, segment) => place.step([segment]), PlaceInFile.file);
  }

  /** Rows whose paths begin here, in the order of the table. */
  get spellings(): readonly Spelling[] {
    const [first, ...more] = this.nodes;
    if (more.length === 0) return first?.spellings ?? [];
    const found = new Set(this.nodes.flatMap(({ spellings }) => spellings));
    return SPELLINGS.filter((spelling) => found.has(spelling));
  }

  /** No row stands here or below. */
  get isOutside(): boolean {
    return this.nodes.length === 0;
  }

  key(key: string): PlaceInFile {
    return this.step([key, '*']);
  }

  get item(): PlaceInFile {
    return this.step(['[]']);
  }

  private step(names: readonly string[]): PlaceInFile {
    return new PlaceInFile(this.nodes.flatMap(({ below }) => names.flatMap((name) => below.get(name) ?? [])));
  }
}

/** `a.*[].b` is a, any key, any item, b. */
export function segmentsOf(pattern: string): readonly string[] {
  if (pattern === '') return [];
  return pattern.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
}

function treeOf(spellings: readonly Spelling[]): PlaceNode {
  const root: PlaceNode = { spellings: [], below: new Map() };
  for (const spelling of spellings) {
    for (const pattern of spelling.place.patterns) {
      let node = root;
      for (const segment of segmentsOf(pattern)) {
        const next = node.below.get(segment) ?? { spellings: [], below: new Map<string, PlaceNode>() };
        node.below.set(segment, next);
        node = next;
      }
      node.spellings.push(spelling);
    }
  }
  return root;
}
