import { Registry } from 'prom-client';
import { evaluationCounter } from '../expression';
import { KordinatorMetrics } from './kordinator.metrics';

/** Spec: runtime §19, what applies to a runtime without admission, conversion, autoscaling; README.md lists the same. */
const DOCUMENTED = {
  controller_reconcile_total: ['counter', 'crd', 'result'],
  controller_reconcile_duration_seconds: ['histogram', 'crd'],
  controller_resource_count: ['gauge', 'crd'],
  controller_queue_depth: ['gauge', 'crd'],
  controller_workers_total: ['gauge', 'crd'],
  controller_workers_idle: ['gauge', 'crd'],
  controller_workers_processing: ['gauge', 'crd'],
  controller_crd_activation_latency_seconds: ['histogram', 'crd'],
  controller_crd_activation_total: ['counter', 'crd', 'result'],
  orkestra_templates_evaluated_total: ['counter'],
} as const;

const GVK = 'demo.example.org/v1, Kind=Website';

describe('the metrics of the kordinator', () => {
  it('are exactly the documented ones, with their types and labels', async () => {
    const registry = new Registry();
    const metrics = new KordinatorMetrics(registry);
    metrics.lanes = () => [{ crd: GVK, resources: 3, depth: 2, workers: 4, busy: 1 }];
    metrics.reconciles.inc({ crd: GVK, result: 'success' });
    metrics.duration.observe({ crd: GVK }, 0.01);
    metrics.activations.inc({ crd: GVK, result: 'failure' });
    metrics.activationLatency.observe({ crd: GVK }, 0.01);
    const found = (await registry.getMetricsAsJSON()).map(({ name, type, values }) => {
      const labels = Object.keys(values[0]?.labels ?? {}).filter((label) => label !== 'le');
      return [name, [String(type), ...labels]] as const;
    });
    expect(Object.fromEntries(found)).toEqual(DOCUMENTED);
  });

  it('ask the lanes when they are collected', async () => {
    const registry = new Registry();
    const metrics = new KordinatorMetrics(registry);
    metrics.lanes = () => [{ crd: GVK, resources: 3, depth: 2, workers: 4, busy: 1 }];
    const text = await registry.metrics();
    for (const [name, value] of [
      ['controller_resource_count', 3],
      ['controller_queue_depth', 2],
      ['controller_workers_total', 4],
      ['controller_workers_idle', 3],
      ['controller_workers_processing', 1],
    ] as const) {
      expect(text).toContain(`${name}{crd="${GVK}"} ${value}\n`);
    }
    metrics.lanes = () => [];
    expect(await registry.metrics()).not.toContain('controller_workers_total{');
  });

  it('count the templates that were evaluated', async () => {
    const registry = new Registry();
    new KordinatorMetrics(registry);
    evaluationCounter.templates += 5;
    expect(await registry.metrics()).toContain(`orkestra_templates_evaluated_total ${evaluationCounter.templates}\n`);
  });
});
