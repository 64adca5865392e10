// Knows when a CRD comes or goes: a metadata-only watch on customresourcedefinitions. No polling of discovery
// (engine contract §7): an event wakes the informers that found nothing.
import { CUSTOM_RESOURCE_DEFINITIONS, type InformerFactory, type SharedInformer } from '../kube';

/** Hears of CRDs by their names, `<plural>.<group>`. */
export interface CrdListener {
  /** Made or changed. */
  crdChanged(name: string): void;
  crdDeleted(name: string): void;
}

export class CrdPresence {
  constructor(
    private readonly factory: InformerFactory,
    private readonly informers: () => readonly SharedInformer[],
    private readonly listener: CrdListener,
  ) {}

  start(): void {
    const crds = this.factory.informer(
      { resource: CUSTOM_RESOURCE_DEFINITIONS, metadataOnly: true },
      {
        transform: ({ apiVersion, kind, metadata: { name, resourceVersion, uid } }) => ({
          apiVersion,
          kind,
          metadata: {
            name,
            ...(uid === undefined ? {} : { uid }),
            ...(resourceVersion === undefined ? {} : { resourceVersion }),
          },
        }),
      },
    );
    crds.onEvent(({ object, type }) => {
      const { name } = object.metadata;
      if (type === 'deleted') {
        this.listener.crdDeleted(name);
        return;
      }
      this.listener.crdChanged(name);
      for (const informer of this.informers()) {
        const { plural, group } = informer.scope.resource;
        if (informer.isMissing && name === `${plural}.${group}`) informer.nudge();
      }
    });
  }
}
