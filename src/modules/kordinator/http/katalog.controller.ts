// GET /katalog and below (docs/guide/http-api.md). Read only; answers come from the caches.
import { Controller, Get, HttpException, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { asOrkestraError, type JsonValue, objectKey, systemClock } from '../../common';
import { enrichedCrd, enrichedKatalog, rawCrd, rawKatalog } from '../../katalog';
import { SETTINGS, type Settings } from '../../konfig';
import { KUBE_API, type KubeApi, type KubeObject, type ResourceType } from '../../kube';
import { Kordinator } from '../kordinator';
import { type Lane } from '../lanes/lane';
import {
  type CrdHealthView,
  type CrdView,
  type CrList,
  type CrView,
  type EventList,
  type KatalogView,
} from './contract';
import { crSummary, crView, eventView } from './cr-views';
import { crdHealthView, crdView, katalogView, type ViewContext } from './crd-views';

const EVENTS: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};
const MAX_EVENTS = 100;
const EVENTS_DEADLINE_MS = 3_000;

/** What is used of Fastify's reply. */
interface Reply {
  status(code: number): unknown;
}

@Controller('katalog')
export class KatalogController {
  constructor(
    private readonly kordinator: Kordinator,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(KUBE_API) private readonly api: KubeApi,
  ) {}

  @Get()
  all(@Res({ passthrough: true }) reply: Reply): KatalogView {
    const view = katalogView(this.context());
    reply.status(view.status);
    return view;
  }

  @Get('raw')
  raw(): JsonValue {
    return rawKatalog(this.kordinator.katalog);
  }

  @Get('enriched')
  enriched(): JsonValue {
    return enrichedKatalog(this.kordinator.katalog);
  }

  @Get(':crd/raw')
  crdRaw(@Param('crd') name: string): JsonValue {
    return rawCrd(this.lane(name).crd);
  }

  @Get(':crd/enriched')
  crdEnriched(@Param('crd') name: string): JsonValue {
    return enrichedCrd(this.lane(name).crd);
  }

  @Get(':crd')
  crd(@Param('crd') name: string): CrdView {
    return crdView(this.lane(name, 'info'), this.context());
  }

  @Get(':crd/health')
  health(@Param('crd') name: string, @Res({ passthrough: true }) reply: Reply): CrdHealthView {
    const view = crdHealthView(this.lane(name, 'health'), this.context());
    reply.status(view.status);
    return view;
  }

  @Get(':crd/cr')
  list(@Param('crd') name: string, @Query('field') field?: string): CrList {
    const lane = this.lane(name, 'info');
    if (!lane.crs.hasSynced) {
      throw new HttpException({ error: `the cache of "${lane.crd.name}" is not filled yet` }, 503);
    }
    const now = systemClock.now();
    const keys = [...lane.crs.store.keys()].sort();
    const items = keys.flatMap((key) => {
      const cr = lane.crs.store.get(key);
      return cr === undefined ? [] : [crSummary(cr, now, field)];
    });
    return { crd: lane.crd.name, gvk: lane.gvk, total: items.length, items, isKonductor: this.kordinator.isKonductor };
  }

  // The number of segments decides, not their text: an object may be called "events".

  @Get(':crd/cr/:first')
  clusterScoped(@Param('crd') crd: string, @Param('first') name: string): CrView {
    return this.detail(crd, undefined, name);
  }

  @Get(':crd/cr/:first/:second')
  namespaced(
    @Param('crd') crd: string,
    @Param('first') first: string,
    @Param('second') second: string,
  ): CrView | Promise<EventList> {
    const { namespaced } = this.lane(crd, 'info').crd.resource;
    if (!namespaced && second === 'events') return this.events(crd, undefined, first);
    return this.detail(crd, first, second);
  }

  @Get(':crd/cr/:namespace/:name/events')
  namespacedEvents(
    @Param('crd') crd: string,
    @Param('namespace') namespace: string,
    @Param('name') name: string,
  ): Promise<EventList> {
    return this.events(crd, namespace, name);
  }

  private detail(crd: string, namespace: string | undefined, name: string): CrView {
    const lane = this.lane(crd, 'info');
    const cr = this.find(lane, namespace, name);
    const children = this.kordinator.childCaches.ofOwner(cr.metadata.uid ?? '');
    const place = namespace === undefined ? name : `${namespace}/${name}`;
    return crView(cr, children, `/katalog/${lane.crd.name}/cr/${place}/events`, this.kordinator.isKonductor);
  }

  private async events(crd: string, namespace: string | undefined, name: string): Promise<EventList> {
    const cr = this.find(this.lane(crd, 'info'), namespace, name);
    const fieldSelector = [`regarding.name=${name}`, `regarding.kind=${cr.kind}`].join(',');
    const items = await this.listEvents(namespace ?? 'default', fieldSelector);
    const now = systemClock.now();
    const events = items
      .map((item) => eventView(item, now))
      .sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1))
      .slice(0, MAX_EVENTS);
    return { name, ...(namespace === undefined ? {} : { namespace }), total: events.length, events };
  }

  private async listEvents(namespace: string, fieldSelector: string): Promise<readonly KubeObject[]> {
    try {
      const query = { resource: EVENTS, namespace, fieldSelector };
      return (await this.api.list(query, { timeoutMs: EVENTS_DEADLINE_MS })).items;
    } catch (error) {
      throw new HttpException({ error: asOrkestraError(error).message }, 500);
    }
  }

  private find(lane: Lane, namespace: string | undefined, name: string): KubeObject {
    const key = objectKey(namespace, name);
    const cr = this.kordinator.cr(lane, key);
    if (cr === undefined) throw new NotFoundException({ error: `CR "${key}" not found` });
    return cr;
  }

  /** Without `endpoint`: what exists unless all endpoints of the CRD are switched off. */
  private lane(name: string, endpoint: 'info' | 'health' | 'enabled' = 'enabled'): Lane {
    const lane = this.kordinator.lane(name);
    const { endpoints } = lane?.crd ?? {};
    if (lane === undefined || endpoints?.enabled !== true || !endpoints[endpoint]) {
      throw new NotFoundException({ error: `CRD "${name}" not found` });
    }
    return lane;
  }

  private context(): ViewContext {
    return {
      katalog: this.kordinator.katalog,
      lanes: this.kordinator.lanes,
      isKonductor: this.kordinator.isKonductor,
      gatewayEndpoint: this.settings.gatewayEndpoint,
      now: systemClock.now(),
    };
  }
}
