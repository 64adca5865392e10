// The other CRs of a kind, for `operator: unique`: an index of the cache for each field that such a condition names, so
// that neither a pass nor a change looks through all CRs.
import { objectKey } from '../common';
import { type DataPath, fieldText, type Peers } from '../expression';
import { type CompiledCrd } from '../katalog';
import { type IndexFunction, type KubeObject, type ReadStore } from '../kube';

const indexName = (path: DataPath): string => `unique ${path.join('.')}`;

/** The indices that the cache of the CRD's CRs needs. An unset field is in no bucket: nobody has to share it. */
export function uniqueIndices({ uniqueFields }: Pick<CompiledCrd, 'uniqueFields'>): Record<string, IndexFunction> {
  return Object.fromEntries(
    uniqueFields.map((path) => {
      const valuesOf = (cr: KubeObject): readonly string[] => {
        const text = fieldText(cr, path);
        return text === '' ? [] : [text];
      };
      return [indexName(path), valuesOf];
    }),
  );
}

/** CRs of the cache with `uniqueIndices`: all that this operator watches, in every namespace. */
export function peersOf(store: ReadStore): Peers {
  return {
    otherWith: (path, text, { metadata }) => {
      const { namespace, name } = metadata as KubeObject['metadata'];
      return store.otherInIndex(indexName(path), text, objectKey(namespace, name));
    },
  };
}
