// Plural and scope of kinds that entries only name. The answers come from discovery, which is asked when a pass needs one
// that is not there, then at growing intervals as long as somebody waits, and at once when a CRD of the group comes.
import { type Gvk, gvkString, type Random } from '../../common';
import { Discovery, JitteredBackoff, type KubeApi, type ResourceType } from '../../kube';
import { type KindLookup, type KindState } from '../../reconciler';

/** Between two questions for a kind that is not served. */
const FIRST_MS = 1_000;
const MAX_MS = 60_000;
/** Several events of one CRD, and of CRDs that are installed together, are one question. */
const SETTLE_MS = 50;

export interface KindDiscoveryPorts {
  readonly api: KubeApi;
  readonly random: Random;
  /** Whether list and watch of a resource find that it is not served any more. */
  readonly isMissing: (resource: ResourceType) => boolean;
  /** The answer to `lookup` is another one. */
  readonly onChange: (kind: Gvk) => void;
}

interface Wanted {
  readonly kind: Gvk;
  /** The API server answered that it does not serve it. */
  isAbsent: boolean;
}

export class KindDiscovery implements KindLookup {
  private readonly discovery: Discovery;
  private readonly served = new Map<string, ResourceType>();
  private readonly wanted = new Map<string, Wanted>();
  private readonly backoff: JitteredBackoff;
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;
  /** Something came while the question was on its way. */
  private isStale = false;
  private problem: string | undefined;

  constructor(
    private readonly ports: KindDiscoveryPorts,
    private readonly signal: AbortSignal,
  ) {
    this.discovery = new Discovery(ports.api);
    this.backoff = new JitteredBackoff(FIRST_MS, MAX_MS, ports.random);
    signal.addEventListener('abort', () => clearTimeout(this.timer), { once: true });
  }

  /** What the start of the process, or the Katalog itself, knows already. */
  know(kind: Gvk, resource: ResourceType): void {
    this.served.set(gvkString(kind), resource);
  }

  lookup(kind: Gvk): KindState {
    const id = gvkString(kind);
    const resource = this.served.get(id);
    if (resource !== undefined) {
      return this.ports.isMissing(resource) ? { state: 'absent' } : { state: 'served', resource };
    }
    const known = this.wanted.get(id);
    if (known === undefined) {
      this.wanted.set(id, { kind, isAbsent: false });
      this.ask(0);
      return { state: 'loading' };
    }
    if (known.isAbsent) return { state: 'absent' };
    return { state: 'loading', ...(this.problem === undefined ? {} : { problem: this.problem }) };
  }

  /** A CRD was made or changed: `<plural>.<group>`. */
  crdChanged(name: string): void {
    const isWaitedFor = [...this.wanted.values()].some(({ kind }) => name.endsWith(`.${kind.group}`));
    if (!isWaitedFor) return;
    this.backoff.reset();
    this.isStale = this.isAsking;
    this.ask(SETTLE_MS);
  }

  /** A CRD is gone; the next one of that name may have another scope. */
  crdDeleted(name: string): void {
    for (const [id, { plural, group }] of this.served) if (name === `${plural}.${group}`) this.served.delete(id);
  }

  /** List and watch of a resource found it, or lost it. */
  presenceChanged({ plural, group }: ResourceType): void {
    for (const known of this.served.values()) {
      if (known.plural === plural && known.group === group) this.ports.onChange(known);
    }
  }

  private answer(id: string, wanted: Wanted, resource: ResourceType | undefined): void {
    const isNews = resource !== undefined || !wanted.isAbsent;
    wanted.isAbsent = resource === undefined;
    if (resource !== undefined) {
      this.served.set(id, resource);
      this.wanted.delete(id);
    }
    if (isNews) this.ports.onChange(wanted.kind);
  }

  private failed(problem: string): void {
    if (this.problem === problem) return;
    this.problem = problem;
    for (const { kind } of this.wanted.values()) this.ports.onChange(kind);
  }

  private ask(inMs: number): void {
    if (this.signal.aborted || this.isAsking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.question(), inMs);
    this.timer.unref();
  }

  private async question(): Promise<void> {
    this.isAsking = true;
    this.discovery.invalidate();
    try {
      for (const [id, wanted] of this.wanted) this.answer(id, wanted, await this.discovery.resourceFor(wanted.kind));
      this.problem = undefined;
    } catch (error) {
      this.failed(error instanceof Error ? error.message : String(error));
    }
    this.isAsking = false;
    const isStale = this.isStale;
    this.isStale = false;
    if (this.wanted.size > 0) this.ask(isStale ? SETTLE_MS : this.backoff.next());
  }
}
