// Knows when a CRD comes or goes: a metadata-only watch on customresourcedefinitions. No polling of discovery
// (engine contract §7): an event wakes the informers that found nothing.
import { CUSTOM_RESOURCE_DEFINITIONS, type InformerFactory, type SharedInformer } from '../kube';

export class CrdPresence {
  constructor(
    private readonly factory: InformerFactory,
    private readonly informers: () => readonly SharedInformer[],
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
      if (type === 'deleted') return;
      for (const informer of this.informers()) {
        const { plural, group } = informer.scope.resource;
        if (informer.isMissing && object.metadata.name === `${plural}.${group}`) informer.nudge();
      }
    });
  }
}
