// Manifests before the start: docs/reference/katalog.md, setup.
import { type SourceNode } from '../../common';
import { either, list, literal, object, optional, required } from '../../schema';

const isList = (node: SourceNode): boolean => node.kind === 'list';

/** A list of paths is short for `apply`. */
export const setupField = either(
  isList,
  list(literal),
  object('setup', {
    apply: optional(
      list(object('setup manifest', { path: required(literal, 'A file or folder, relative to the Katalog.') })),
      'Applied in order.',
    ),
  }),
);
