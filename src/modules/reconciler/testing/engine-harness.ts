// One CRD's engine with caches in memory: what a test says is in the cluster is in the caches, and what the engine
// writes goes into them as the server answered. Everything cached is frozen (DESIGN §4.8).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, LABEL, ManualClock, type ObjectKey } from '../../common';
import { type CompiledCrd, compileKatalog } from '../../katalog';
import { FencedError, type KubeEvent, type KubeObject, type ObjectRef, type ResourceType } from '../../kube';
import { silentLogger } from '../../observability';
import { CrReconciler, type ReconcilerMode } from '../cr-reconciler';
import { uniqueIndices } from '../unique-fields';
import { isCached, reduceChild } from '../children/reduce-child';
import {
  type Activity,
  type KindState,
  type Outcome,
  type ReconcilerPorts,
  type UnobservedKind,
} from '../reconciler.types';
import { mergePatch, RecordingKubeApi } from './recording-kube-api';
import { ToldCache } from './told-cache';

export const KEY = 'default/a';
const NONE = new AbortController().signal;

/** Compiles the `operatorBox` (YAML, indented by eight) of a Website; `crd` holds more keys of the CRD entry. */
export function compileBox(box: string, crd = ''): CompiledCrd {
  const text = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata:
  name: test
spec:
  crds:
    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
${crd}      operatorBox:
${box}`;
  const folder = mkdtempSync(join(tmpdir(), 'orkestra-engine-'));
  try {
    const file = join(folder, 'katalog.yaml');
    writeFileSync(file, text);
    const [compiled] = compileKatalog([file]).crds;
    if (compiled === undefined) throw new Error('no CRD');
    return compiled;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export class EngineHarness {
  readonly clock = new ManualClock();
  readonly events: KubeEvent[] = [];
  readonly activities: Activity[] = [];
  readonly api: RecordingKubeApi;
  private readonly crs: ToldCache;
  /** Kinds that the inventory was asked to hold. */
  readonly inventoried: string[] = [];
  readonly retained = new Set<string>();
  readonly sources = new Map<string, KubeObject>();
  /** What discovery knows, by kind. */
  readonly servedKinds = new Map<string, KindState>();
  knowsKinds = true;
  unobserved: UnobservedKind | undefined;
  isLeader = true;
  private readonly kinds = new Map<string, ToldCache>();
  private reconciler: CrReconciler;

  constructor(
    private crd: CompiledCrd,
    private readonly mode: ReconcilerMode = 'full',
  ) {
    this.api = new RecordingKubeApi((ref) => this.live(ref));
    this.crs = new ToldCache(crd.resource, this.api, undefined, uniqueIndices(crd));
    for (const { resource } of crd.childKinds) this.openKind(resource);
    this.reconciler = this.build();
  }

  /** Puts a CR into the cache: `a` in `default`, changed by a merge patch. */
  cr(change: JsonObject = {}): KubeObject {
    const cr = {
      apiVersion: 'demo.example.org/v1',
      kind: 'Website',
      metadata: { name: 'a', namespace: 'default', uid: 'uid-a', resourceVersion: '10', generation: 1 },
      spec: { image: 'nginx:1', replicas: 2, message: 'hello' },
    };
    const made = mergePatch(cr, change) as unknown as KubeObject;
    this.crs.tell(made);
    return made;
  }

  /** Changes the cached CR by a merge patch. */
  edit(change: JsonObject): void {
    this.crs.tell(mergePatch(this.currentCr, { ...change }) as unknown as KubeObject);
  }

  get currentCr(): KubeObject {
    const cr = this.crs.store.get(KEY);
    if (cr === undefined) throw new Error('no CR');
    return cr;
  }

  get crCount(): number {
    return this.crs.store.size;
  }

  /** The watch tells that the CR is gone. */
  removeCr(): void {
    this.crs.end(KEY);
  }

  condition(type: string): JsonObject | undefined {
    const status = this.currentCr['status'] as { conditions?: readonly JsonObject[] } | undefined;
    return status?.conditions?.find((condition) => condition['type'] === type);
  }

  pass(key = KEY): Promise<Outcome> {
    return this.reconciler.reconcile(key, NONE);
  }

  /** Brings the CR up and forgets what that took. */
  async settle(): Promise<void> {
    await this.pass();
    this.api.take();
    this.events.length = 0;
    this.activities.length = 0;
  }

  /** A new process, maybe with another Katalog: caches stay, memory goes. */
  restart(crd = this.crd): void {
    this.crd = crd;
    for (const { resource } of crd.childKinds) this.openKind(resource);
    this.reconciler = this.build();
  }

  child(plural: string, key: ObjectKey): KubeObject {
    const found = this.kinds.get(plural)?.store.get(key);
    if (found === undefined) throw new Error(`no ${plural} ${key}`);
    return found;
  }

  /** Somebody else changes a child. */
  editChild(plural: string, key: ObjectKey, change: JsonObject): void {
    this.putChild(plural, mergePatch(this.child(plural, key), change) as unknown as KubeObject);
  }

  putChild(plural: string, object: KubeObject): void {
    this.kinds.get(plural)?.tell(object);
  }

  removeChild(plural: string, key: ObjectKey): void {
    this.kinds.get(plural)?.end(key);
  }

  /** Keys of all cached children, with their kind. */
  get childNames(): readonly string[] {
    return [...this.kinds.entries()].flatMap(([plural, { store }]) =>
      [...store.keys()].map((key) => `${plural} ${key}`),
    );
  }

  /** Its objects can be seen from now on. */
  openKind(resource: ResourceType): void {
    if (!this.kinds.has(resource.plural)) {
      this.kinds.set(resource.plural, new ToldCache(resource, this.api, reduceChild));
    }
  }

  private live({ resource, namespace, name }: ObjectRef): KubeObject | undefined {
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    return (resource.plural === 'websites' ? this.crs : this.kinds.get(resource.plural))?.store.get(key);
  }

  private build(): CrReconciler {
    const ports: ReconcilerPorts = {
      api: this.api,
      fence: { assertHeld: () => this.assertLeader() },
      crs: this.crs,
      children: this.childSource(),
      sources: {
        lookup: (_resource, namespace, name) => {
          const object = this.sources.get(`${namespace}/${name}`);
          return object === undefined ? { state: 'absent' } : { state: 'ready', object };
        },
      },
      kinds: { lookup: ({ kind }) => this.servedKinds.get(kind) ?? { state: 'absent' } },
      inventory: {
        has: ({ plural }) => this.knowsKinds || this.inventoried.includes(plural),
        ensure: async ({ plural }) => void this.inventoried.push(plural),
        retains: (id) => this.retained.has(id),
        unobserved: () => this.unobserved,
      },
      events: { record: (event) => void this.events.push(event), flush: () => Promise.resolve() },
      clock: this.clock,
      random: { next: () => 0 },
      logger: silentLogger,
      activity: (activity) => void this.activities.push(activity),
    };
    return new CrReconciler(this.crd, ports, this.mode);
  }

  private assertLeader(): void {
    if (!this.isLeader) throw new FencedError();
  }

  private childSource(): ReconcilerPorts['children'] {
    return {
      ofOwner: (uid) =>
        [...this.kinds.values()].flatMap(({ resource, store }) =>
          [...store.values()]
            .filter(({ metadata }) => metadata.labels?.[LABEL.ownerUid] === uid)
            .map((object) => ({ resource, object })),
        ),
      get: ({ plural }, key) => this.kinds.get(plural)?.store.get(key),
      observeWrite: ({ plural }, object) => {
        if (isCached(object)) this.kinds.get(plural)?.observeWrite(object);
      },
      observeDelete: ({ plural }, key, uid) => this.kinds.get(plural)?.observeDelete(key, uid),
    };
  }
}
