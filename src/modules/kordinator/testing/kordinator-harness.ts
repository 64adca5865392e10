// A kordinator on scripted ports.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { type OrkestraError, systemClock, systemRandom } from '../../common';
import { type CompiledKatalog, compileKatalog } from '../../katalog';
import { type KubeEvent, type KubeObject } from '../../kube';
import { type Logger, silentLogger } from '../../observability';
import { CrReconciler, type ReconcilerFactory } from '../../reconciler';
import { Kordinator } from '../kordinator';
import { KordinatorMetrics } from '../kordinator.metrics';
import { FakeElector } from './fake-elector';
import { ScriptedCluster } from './scripted-cluster';

const DEADLINE_MS = 5_000;

/** Polls until it is so; fails with what was waited for. */
export async function eventually<T>(what: string, check: () => T): Promise<NonNullable<T>> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const value = check();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** `crds`: YAML under spec.crds, indented by four. */
export function katalogOf(crds: string): CompiledKatalog {
  const folder = mkdtempSync(join(tmpdir(), 'orkestra-kordinator-'));
  const file = join(folder, 'katalog.yaml');
  writeFileSync(
    file,
    `apiVersion: orkestra.orkspace.io/v1\nkind: Katalog\nmetadata:\n  name: test\n  description: Websites\n  version: 1.2.3\nspec:\n  crds:\n${crds}`,
  );
  try {
    return compileKatalog([file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const WEBSITE = `    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      operatorBox:
        reconciler: { workers: 2, resync: 60s }
        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              data: { index.html: "{{ .spec.message }}" }
`;

export function website(name: string, change: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    apiVersion: 'demo.example.org/v1',
    kind: 'Website',
    metadata: { name, namespace: 'default', generation: 1, creationTimestamp: '2026-01-01T00:00:00Z', ...change },
    spec: { message: `hello ${name}` },
  };
}

export class KordinatorHarness {
  readonly elector = new FakeElector();
  readonly events: KubeEvent[] = [];
  readonly notes: string[] = [];
  /** Warnings, as `event problem`. */
  readonly warnings: string[] = [];
  readonly fatal: OrkestraError[] = [];
  readonly registry = new Registry();
  readonly kordinator: Kordinator;

  constructor(
    readonly katalog: CompiledKatalog,
    readonly cluster = new ScriptedCluster(),
  ) {
    const events = {
      record: (event: KubeEvent): void => void this.events.push(event),
      flush: (): Promise<void> => Promise.resolve(),
    };
    const ports = { api: cluster, events, clock: systemClock, random: systemRandom };
    const reconcilers: ReconcilerFactory = (crd, lane, mode) => new CrReconciler(crd, { ...lane, ...ports }, mode);
    this.kordinator = new Kordinator({
      ...ports,
      katalog,
      namespace: 'ops',
      elector: this.elector,
      reconcilers,
      logger: this.logger(),
      metrics: new KordinatorMetrics(this.registry),
      announcer: { activity: () => undefined, note: (text) => void this.notes.push(text) },
      onFatal: (error) => void this.fatal.push(error),
    });
  }

  private logger(): Logger {
    const warn: Logger['warn'] = (event, fields) => void this.warnings.push(`${event} ${String(fields?.['problem'])}`);
    const logger: Logger = { ...silentLogger, warn, child: () => logger };
    return logger;
  }

  async lead(): Promise<void> {
    await this.kordinator.start();
    this.elector.elect();
    await eventually('lanes work', () => this.kordinator.lanes.every(({ health }) => health.started));
  }
}
