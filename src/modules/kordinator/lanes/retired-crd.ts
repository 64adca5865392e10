import { ALWAYS } from '../../expression';
import { type CompiledCrd } from '../../katalog';
import { type InventoryRecord } from '../inventory/inventory-record';

const DEFAULT = { source: 'default' } as const;
const NO_BLOCK = { conditions: ALWAYS, entries: [] };

/** A CRD that left the Katalog: declares nothing, so that only deletion has something to do. */
export function retiredCrd({ crd: resource, finalizers }: InventoryRecord): CompiledCrd {
  const { group, version, kind } = resource;
  return {
    name: resource.plural,
    description: `${kind}: not in the Katalog any more`,
    position: { file: '', line: 0, column: 0 },
    katalogNamespace: 'default',
    definition: {},
    gvk: { group, version, kind },
    resource,
    isPluralGuessed: false,
    crdManifest: undefined,
    crFiles: [],
    watchNamespace: undefined,
    labelSelector: undefined,
    fieldSelector: undefined,
    dependsOn: [],
    workers: { value: 1, ...DEFAULT },
    resyncMs: { value: 10 * 60_000, ...DEFAULT },
    maxQueueDepth: { value: 0, ...DEFAULT },
    failureThreshold: 5,
    endpoints: { enabled: false, health: false, info: false },
    labels: [],
    finalizers,
    needsFinalizer: true,
    onCreate: NO_BLOCK,
    onReconcile: NO_BLOCK,
    onDelete: undefined,
    status: { conditions: 'off', isWritten: false, writesObservedGeneration: false, fields: [], schema: undefined },
    childKinds: [],
    customKinds: [],
    reads: [],
    uniqueFields: [],
    templateCount: 0,
  };
}
