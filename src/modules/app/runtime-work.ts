// What the runtime does beside its HTTP server: say which cluster, look whether it answers, apply what was asked for,
// start the lanes.
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LEASE_NAME } from '../common';
import { COMPILED_KATALOG, type CompiledKatalog } from '../katalog';
import { SETTINGS, type Settings } from '../konfig';
import { Kordinator } from '../kordinator';
import {
  CLUSTER_CONFIG,
  type ClusterConfig,
  EVENT_RECORDER,
  type EventRecorder,
  KUBE_API,
  KUBE_TRANSPORT,
  type HttpTransport,
  type KubeApi,
} from '../kube';
import { ProbeState } from '../observability';
import { type Work } from './bootstrap';
import { announcerFor } from './console-announcer';
import { LOGGER, type Logger } from '../observability';
import { tellParent } from './parent-link';
import { announcedResources, applyCrds, applyCrs, setupRules } from './setup/apply-setup';
import { checkRights } from './setup/check-rights';
import { discoverPlurals } from './setup/discover-plurals';
import { reach } from './setup/reach';

const EVENTS_FLUSH_MS = 500;

export function runtimeWork(app: NestFastifyApplication): Work {
  const settings = app.get<Settings>(SETTINGS);
  const compiled = app.get<CompiledKatalog>(COMPILED_KATALOG);
  const cluster = app.get<ClusterConfig>(CLUSTER_CONFIG);
  const api = app.get<KubeApi>(KUBE_API);
  const kordinator = app.get(Kordinator, { strict: false });
  const logger = app.get<Logger>(LOGGER);
  app.get(ProbeState).readyWhen(() => kordinator.notReady);
  return {
    async start(signal) {
      const { contextName: context, server } = cluster;
      const { namespace } = settings;
      logger.info('cluster.selected', { context, server, namespace });
      tellParent({ type: 'cluster', context, server, namespace });
      await reach(api, cluster, signal);
      const announcer = announcerFor(settings, logger);
      const setup = { katalog: compiled, api, cluster, note: (text: string) => announcer.note(text) };
      const { appliesCr } = settings;
      const katalog = await discoverPlurals(compiled, api, cluster, appliesCr ? announcedResources(compiled) : []);
      // Before anything is applied: a start that is refused leaves nothing behind.
      const more = appliesCr ? await setupRules(setup) : [];
      await checkRights({ katalog, api, namespace, logger, more }, signal);
      if (appliesCr) {
        await applyCrds(setup, signal);
        await applyCrs(setup, signal);
      }
      if (!signal.aborted) await kordinator.start(katalog);
    },
    async standby(signal) {
      const holder = await kordinator.standsBehind(signal);
      return holder && { holder: holder.identity, lease: `${settings.namespace}/${LEASE_NAME}` };
    },
    async stop(drainMs) {
      await kordinator.stop(drainMs, () => app.get<EventRecorder>(EVENT_RECORDER).flush(EVENTS_FLUSH_MS));
      await app.get<HttpTransport>(KUBE_TRANSPORT).close();
    },
  };
}
