// Starts the controllers that were asked for, on one set of feeds.
import { apiVersionOf, type Clock, parseApiVersion } from '../../common';
import { type KubeApi, type ResourceType } from '../../kube';
import { type ResourceDefinition, type ResourceRegistry, type ServedVersion } from '../registry';
import { type SandboxOptions } from '../sandbox.types';
import { EndpointController } from './endpoints/endpoint-controller';
import { GarbageCollector } from './garbage-collector';
import { type FinalizeNamespace, NamespaceController } from './namespace-controller';
import { type FeedListener } from './object-feed';
import { ObjectFeeds, type ServedResources } from './object-feeds';
import { WorkloadController } from './workloads/workload-controller';

const ALL = ['garbage-collector', 'namespace', 'workloads', 'endpoints'] as const;
const NEEDED = ['list', 'watch', 'delete'];

export interface ControllerPorts {
  readonly api: KubeApi;
  readonly registry: ResourceRegistry;
  readonly clock: Clock;
  readonly finalize: FinalizeNamespace;
}

interface Controller {
  readonly observe: FeedListener;
  stop(): Promise<void>;
}

/** Resolves `stop` when nothing of theirs runs any more. */
export function startControllers(
  { api, registry, clock, finalize }: ControllerPorts,
  { controllers = ALL, podReadyMs = 0 }: Pick<SandboxOptions, 'controllers' | 'podReadyMs'>,
): { stop(): Promise<void> } {
  const served = servedResources(registry);
  const started: Controller[] = [];
  const start = (controller: { observe: FeedListener; stop(): Promise<void> }): void => {
    started.push({ observe: controller.observe.bind(controller), stop: () => controller.stop() });
  };
  if (controllers.includes('workloads')) start(new WorkloadController({ api, clock, podReadyMs }));
  if (controllers.includes('endpoints')) start(new EndpointController(api));
  if (controllers.includes('garbage-collector')) start(new GarbageCollector(api, served));
  if (controllers.includes('namespace')) start(new NamespaceController({ api, served, clock, finalize }));
  if (started.length === 0) return { stop: () => Promise.resolve() };
  const feeds = new ObjectFeeds(api, served, (resource, object, isGone) => {
    for (const { observe } of started) observe(resource, object, isGone);
  });
  feeds.start();
  return {
    async stop(): Promise<void> {
      await Promise.all(started.map((controller) => controller.stop()));
      await feeds.stop();
    },
  };
}

function servedResources(registry: ResourceRegistry): ServedResources {
  const typeOf = ({ group, kind, plural, namespaced }: ResourceDefinition, version: ServedVersion): ResourceType => ({
    group,
    version: version.name,
    kind,
    plural,
    namespaced,
  });
  return {
    list: () =>
      [...registry.all()].flatMap((definition) => {
        const [preferred] = definition.versions;
        // Events of the newer group are the same objects.
        const isUsed = NEEDED.every((verb) => definition.verbs.includes(verb)) && definition.group !== 'events.k8s.io';
        return preferred === undefined || !isUsed ? [] : [typeOf(definition, preferred)];
      }),
    find: (apiVersion, kind) => {
      for (const definition of registry.all()) {
        if (definition.kind !== kind || definition.group !== parseApiVersion(apiVersion).group) continue;
        const version = definition.versions.find(
          ({ name }) => apiVersionOf({ group: definition.group, version: name }) === apiVersion,
        );
        if (version !== undefined) return typeOf(definition, version);
      }
      return undefined;
    },
    onChange: (listener) => registry.onChange(listener),
  };
}
