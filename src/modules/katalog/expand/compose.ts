// A Katalog as it is; a Komposer with what it imports.
import { type MapNode } from '../../common';
import { type ExpandContext } from '../source/read-tree';
import { CODE } from '../validate/codes';
import { nodeAt, textAt } from '../source/tree';
import { expandIncludes } from './include/expand-includes';
import { KATALOG_INCLUDES } from './include/include-table';

/** Undefined after a problem, and while something has to be fetched. */
export function komposerOrKatalog(root: MapNode, context: ExpandContext): MapNode | undefined {
  if (textAt(root, 'kind') === 'Katalog') return expandIncludes(root, KATALOG_INCLUDES, context);
  const { position } = nodeAt(root, 'kind') ?? root;
  context.problems.add({
    severity: 'error',
    code: CODE.kind,
    message: 'a Komposer is not supported yet',
    position,
    path: 'kind',
  });
  return undefined;
}
