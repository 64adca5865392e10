// Each process registers only the modules that it needs, and nothing runs when the graph is built.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { register } from 'prom-client';
import { ProbeState } from '../observability';
import { ScriptedApiServer, json } from '../kube/testing/scripted-api-server';
import { PROCESS_ROLE } from './process-role';
import { controlCenterProcess, gatewayProcess, runtimeProcess } from './processes';

const OURS = /^(?!(?:Config|ConfigHost|Terminus|Prometheus|InternalCore)Module$).*Module$/;
const KATALOG = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: test }
spec:
  crds:
    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      operatorBox: {}
`;

let folder: string;
let server: ScriptedApiServer;
let app: NestFastifyApplication | undefined;

beforeAll(async () => {
  server = await ScriptedApiServer.start(() => json(404, {}));
  folder = mkdtempSync(join(tmpdir(), 'orkestra-app-'));
  writeFileSync(join(folder, 'katalog.yaml'), KATALOG);
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server: server.url } }],
    users: [{ name: 'test', user: { token: 'none' } }],
  };
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig));
  process.env['KATALOG_PATH'] = join(folder, 'katalog.yaml');
  process.env['KUBEKONFIG'] = join(folder, 'kubeconfig');
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  register.clear();
});

afterAll(async () => {
  delete process.env['KATALOG_PATH'];
  delete process.env['KUBEKONFIG'];
  rmSync(folder, { recursive: true });
  await server.close();
});

async function boot(root: DynamicModule): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [root] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
  return app;
}

function modulesOf(booted: NestFastifyApplication): readonly string[] {
  const names = [...booted.get(ModulesContainer).values()].map(({ name }) => name);
  return names.filter((name) => OURS.test(name) && name !== 'RootTestModule').sort();
}

const COMMON = ['KonfigModule', 'ObservabilityModule'];

describe.each([
  ['gateway', gatewayProcess, ['CertManagerModule', 'GatewayModule', 'WebhookModule']],
  ['controlcenter', controlCenterProcess, ['ControlCenterModule', 'ControlCenterProcessModule']],
] as const)('the %s process', (role, definition, modules) => {
  it('registers only its own modules', async () => {
    const booted = await boot(definition.root(() => undefined));
    expect(modulesOf(booted)).toEqual([...modules, ...COMMON].sort());
    expect(booted.get(PROCESS_ROLE)).toBe(role);
  });

  it('answers its probes: not started and not ready before its start, ready after, unready while it stops', async () => {
    const booted = await boot(definition.root(() => undefined));
    const codes = async (): Promise<readonly number[]> =>
      Promise.all(
        ['/startup', '/ready', '/health', '/livez'].map(async (url) => (await booted.inject(url)).statusCode),
      );
    expect(await codes()).toEqual([503, 503, 200, 200]);
    const probes = booted.get(ProbeState);
    probes.markStarted();
    expect(await codes()).toEqual([200, 200, 200, 200]);
    let reason: string | undefined = 'caches';
    probes.readyWhen(() => reason);
    expect((await booted.inject('/ready')).json()).toMatchObject({ error: { ready: { reason: 'caches' } } });
    reason = undefined;
    probes.markStopping();
    expect(await codes()).toEqual([200, 503, 200, 200]);
    probes.markUnhealthy('broken');
    expect((await booted.inject('/health')).statusCode).toBe(500);
    expect((await booted.inject('/health')).json()).toEqual({ status: 'broken' });
  });
});

describe('the runtime process', () => {
  it('registers only its own modules, and asks the API server nothing while it is built', async () => {
    const booted = await boot(runtimeProcess.root(() => undefined));
    expect(modulesOf(booted)).toEqual(
      [
        'KatalogModule',
        'KordinatorModule',
        'KubeModule',
        'NotificationModule',
        'ReconcilerModule',
        'RuntimeModule',
        ...COMMON,
      ].sort(),
    );
    expect(booted.get(PROCESS_ROLE)).toBe('runtime');
    expect(server.seen).toEqual([]);
    const metrics = (await booted.inject('/metrics')).body;
    for (const name of ['controller_reconcile_total', 'orkestra_kube_requests_total', 'process_cpu_seconds_total']) {
      expect(metrics).toContain(`# TYPE ${name} `);
    }
  });

  it('stops without ever having started', async () => {
    const booted = await boot(runtimeProcess.root(() => undefined));
    await runtimeProcess.work?.(booted).stop(0);
    expect(server.seen).toEqual([]);
  });
});
