// Manifests before the start: docs/reference/katalog.md, setup.
import { type SourceNode } from '../../common';
import { either, list, object, optional, required } from '../../schema';
import { filePath } from './file-path';

const isList = (node: SourceNode): boolean => node.kind === 'list';

/** A list of paths is short for `apply`. */
export const setupField = either(
  isList,
  list(filePath),
  object('setup', {
    apply: optional(
      list(object('setup manifest', { path: required(filePath, 'A file or folder, relative to the Katalog.') })),
      'Applied in order.',
    ),
  }),
);
