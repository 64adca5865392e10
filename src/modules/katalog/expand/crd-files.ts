// crdFile by URL: asked for before the compile, which can't wait.
import { type MapNode, ProblemList } from '../../common';
import { isRemote } from '../source/location';
import { attempt, type ExpandContext } from '../source/read-tree';
import { mapAt, nodeAt } from '../source/tree';
import { crdFileLocation } from '../compile/crd-file';

/** A file that can't be had is told by the compile, where it is missed. */
export function fetchCrdFiles(root: MapNode, { texts }: ExpandContext): void {
  const told = new ProblemList();
  for (const { value } of mapAt(root, 'spec', 'crds')?.entries.values() ?? []) {
    const source = nodeAt(value, 'crdFile');
    if (source?.kind !== 'scalar') continue;
    const location = crdFileLocation(source);
    if (location !== undefined && isRemote(location)) attempt(source, told, () => texts.read(location));
  }
}
