import { Random } from '../random';
import { type Mutant } from './check-case';
import { type Project } from './projects';
import { mutateText } from './text-mutations';
import { mutateTree } from './tree-mutations';

export interface Case extends Mutant {
  /** What was done to the file, in order. */
  readonly changes: readonly string[];
}

const MAX_CHANGES = 4;
const REPEATED_EVERY = 4;
/** The golden ratio as 32 bits: cases of neighbouring numbers have nothing in common. */
const SPREAD = 0x9e3779b9;

/** The case of this number: the same for the same seed and the same sources. */
export function caseOf(projects: readonly Project[], seed: number, number: number): Case {
  const random = new Random((seed ^ Math.imul(number + 1, SPREAD)) | 0);
  const project = random.pick(projects);
  const [file, original] = random.pick([...project.files]);
  const changes: string[] = [];
  const isText = random.chance(0.45);
  let text = original;
  for (let left = 1 + random.int(random.chance(0.6) ? 1 : MAX_CHANGES); left > 0; left--) {
    const mutate = isText || random.chance(0.1) ? mutateText : mutateTree;
    text = mutate(text, random, (what) => changes.push(what));
  }
  return { project, file, text, changes, isRepeated: number % REPEATED_EVERY === 0 };
}
