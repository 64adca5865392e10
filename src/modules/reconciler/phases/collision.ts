import { OrkestraError } from '../../common';

/** An object of this name exists and is not ours: never overwritten. */
export function collision(id: string, owner: string): OrkestraError {
  return new OrkestraError({
    code: 'NAME_COLLISION',
    kind: 'Conflict',
    message: `${id} exists already and belongs to ${owner}: rename the entry, or delete that object`,
  });
}
