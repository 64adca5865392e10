// Deprecated spellings along a path of the language: rows of the one table, by the places that the path goes through.
import { PlaceInFile, type Spelling } from '../generations';
import { type ObjectBelow } from './object-below';

/** What a path says, and what it should say. */
export interface DeprecatedSpelling {
  readonly old: string;
  readonly canonical: string;
}

/** How older files write a field. */
export interface FormerSpelling {
  /** `a CRD entry`: where `old` begins. */
  readonly place: string;
  readonly old: string;
}

interface Ancestor {
  readonly at: PlaceInFile;
  /** Keys from there to here. */
  readonly below: readonly string[];
}

type Through = ObjectBelow['through'];

export class SpellingTrail {
  /** From the nearest list or map of users inwards: no row reaches over one. */
  private constructor(private readonly ancestors: readonly Ancestor[]) {}

  static readonly file = new SpellingTrail([{ at: PlaceInFile.file, below: [] }]);

  /** At a key of the object here, or of the one behind lists and maps. */
  key(key: string, through: Through): SpellingTrail {
    const { ancestors } = this.behind(through);
    const [last] = ancestors.slice(-1);
    const inner = last === undefined ? [] : [{ at: last.at.key(key), below: [] }];
    return new SpellingTrail([...ancestors.map(({ at, below }) => ({ at, below: [...below, key] })), ...inner]);
  }

  /** At a value of a map with free keys. */
  freeKey(): SpellingTrail {
    return this.behind(['<name>']);
  }

  /** The row that these keys follow; of several the longest. */
  deprecated(keys: readonly string[], through: Through): Spelling | undefined {
    const [last] = this.behind(through).ancestors.slice(-1);
    const rows = (last?.at.spellings ?? []).filter(({ old }) => old.every((key, index) => keys[index] === key));
    return rows.reduce<Spelling | undefined>(
      (longest, row) => (row.old.length > (longest?.old.length ?? 0) ? row : longest),
      undefined,
    );
  }

  /** Rows that lead here. */
  get formerly(): readonly FormerSpelling[] {
    return this.ancestors.flatMap(({ at, below }) =>
      at.spellings
        .filter(({ canonical }) => below.length > 0 && canonical.join('.') === below.join('.'))
        .map(({ place, old }) => ({ place: place.name, old: old.join('.') })),
    );
  }

  private behind(through: Through): SpellingTrail {
    const [last] = this.ancestors.slice(-1);
    if (through.length === 0 || last === undefined) return this;
    const at = through.reduce((place, part) => (part === '[]' ? place.item : place.key('*')), last.at);
    return new SpellingTrail([{ at, below: [] }]);
  }
}
