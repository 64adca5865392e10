// The metrics of docs/guide/http-api.md: those of the classic runtime, and two of ours that show what a pass does.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { evaluationCounter } from '../expression';

export interface LaneGauges {
  readonly crd: string;
  readonly resources: number;
  readonly depth: number;
  readonly workers: number;
  readonly busy: number;
}

/** Registers its metrics at once: one instance for each registry. */
export class KordinatorMetrics {
  readonly reconciles: Counter<'crd' | 'result'>;
  readonly duration: Histogram<'crd'>;
  readonly activations: Counter<'crd' | 'result'>;
  readonly activationLatency: Histogram<'crd'>;

  /** Asked when metrics are collected; the kordinator sets it. */
  lanes: () => readonly LaneGauges[] = () => [];

  constructor(registry: Registry) {
    const lanes = (): readonly LaneGauges[] => this.lanes();
    const registers = [registry];
    this.reconciles = new Counter({
      name: 'controller_reconcile_total',
      help: 'Passes, by result.',
      labelNames: ['crd', 'result'],
      registers,
    });
    this.duration = new Histogram({
      name: 'controller_reconcile_duration_seconds',
      help: 'Duration of a pass.',
      labelNames: ['crd'],
      registers,
    });
    this.activations = new Counter({
      name: 'controller_crd_activation_total',
      help: 'CRDs whose workers started.',
      labelNames: ['crd', 'result'],
      registers,
    });
    this.activationLatency = new Histogram({
      name: 'controller_crd_activation_latency_seconds',
      help: 'From the start of leading until the workers run.',
      labelNames: ['crd'],
      registers,
    });
    gauge(registry, 'controller_resource_count', 'CRs in the cache.', lanes, ({ resources }) => resources);
    gauge(registry, 'controller_queue_depth', 'Keys that wait.', lanes, ({ depth }) => depth);
    gauge(registry, 'controller_workers_total', 'Workers.', lanes, ({ workers }) => workers);
    gauge(registry, 'controller_workers_idle', 'Workers without a pass.', lanes, ({ workers, busy }) => workers - busy);
    gauge(registry, 'controller_workers_processing', 'Workers in a pass.', lanes, ({ busy }) => busy);
    const templates = new Counter({
      name: 'orkestra_templates_evaluated_total',
      help: 'Templates that were evaluated.',
      registers,
      collect() {
        this.reset();
        this.inc(evaluationCounter.templates);
      },
    });
    void templates;
  }
}

function gauge(
  registry: Registry,
  name: string,
  help: string,
  lanes: () => readonly LaneGauges[],
  value: (lane: LaneGauges) => number,
): void {
  new Gauge({
    name,
    help,
    labelNames: ['crd'],
    registers: [registry],
    collect() {
      this.reset();
      for (const lane of lanes()) this.set({ crd: lane.crd }, value(lane));
    },
  });
}
