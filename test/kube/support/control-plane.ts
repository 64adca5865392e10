// A real control plane on loopback, with ports and folders of its own; ends everything that it started.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type HttpKubeApi } from '../../../src/modules/kube';
import { ApiClients } from './api-clients';
import { apiServerFlags, argumentsOf, etcdFlags, freePorts, writeServerFiles } from '../../../scripts/real-servers';
import { AuditLog } from './request-log';
import { CertificateAuthority } from './certificates';
import { eventually } from './eventually';
import { type Plane, type PlaneOptions } from './plane';
import { ServerProcess } from './server-process';

const READY_MS = 60_000;
const ROOT = join(__dirname, '..', '..', '..');
/** No node life cycle: a fake node sends no heartbeats, and nobody would take its first taint off. */
const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'job-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'horizontal-pod-autoscaler-controller',
];

export interface ControlPlaneOptions extends PlaneOptions {
  /** More accounts with all rights, so that the audit log tells processes apart; the token of `x` is `x-token`. */
  readonly administrators?: readonly string[];
}

export class ControlPlane implements Plane {
  readonly folder = mkdtempSync(join(tmpdir(), 'ork-kube-'));
  readonly audit = new AuditLog(join(this.folder, 'audit.log'));
  /** Client certificates that it signs log in. */
  readonly clients = new CertificateAuthority('test-clients');
  private readonly assets = assetsFolder();
  private readonly others: ServerProcess[] = [];
  private readonly connections = new ApiClients();
  private apiServer: ServerProcess | undefined;
  private etcdPort = 0;
  port = 0;
  api!: HttpKubeApi;

  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const plane = new ControlPlane();
    try {
      await plane.startAll(options);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  get server(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** Of the cluster administrator. */
  get kubeconfig(): string {
    return join(this.folder, 'admin.kubeconfig');
  }

  /** A kubeconfig for this token, optionally to another address (a proxy in front). */
  writeKubeconfig(name: string, token: string, server = this.server): string {
    const file = join(this.folder, `${name}.kubeconfig`);
    // The server's own certificate file holds its authority as well.
    const trust = server.startsWith('https')
      ? { 'certificate-authority': join(this.folder, 'certs/apiserver.crt') }
      : {};
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server, ...trust } }],
      users: [{ name, user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: name, namespace: 'default' } }],
      'current-context': 'test',
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  async kubectl(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(join(this.assets, 'kubectl'), [
      '--kubeconfig',
      this.kubeconfig,
      ...args,
    ]);
    return stdout;
  }

  /** Applies YAML or JSON text. */
  async applyText(text: string): Promise<void> {
    const file = join(this.folder, `apply-${Math.random().toString(36).slice(2)}.yaml`);
    writeFileSync(file, text);
    await this.kubectl('apply', '--server-side', '--force-conflicts', '-f', file);
  }

  /** etcd forgets every revision before now, as the API server has it do every five minutes. */
  async compactEtcd(): Promise<void> {
    const ask = async (path: string, body: object): Promise<any> => {
      const answer = await fetch(`http://127.0.0.1:${this.etcdPort}/v3/kv/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    const { header } = await ask('range', { key: Buffer.from('none').toString('base64') });
    await ask('compaction', { revision: header.revision, physical: true });
  }

  /** Asked to stop it waits for watches to end; SIGKILL is a crash. */
  async stopApiServer(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.apiServer?.stop(signal, 20_000);
  }

  async startApiServer(): Promise<void> {
    const { folder, port, etcdPort } = this;
    const flags = {
      ...apiServerFlags(folder, { port, etcdPort }),
      'client-ca-file': join(folder, 'client-ca.crt'),
      'enable-admission-plugins': 'OwnerReferencesPermissionEnforcement',
      profiling: false,
      'max-requests-inflight': 2000,
      'max-mutating-requests-inflight': 1000,
      'audit-policy-file': join(folder, 'audit.yaml'),
      'audit-log-path': join(folder, 'audit.log'),
    };
    const server = this.launch('kube-apiserver', flags);
    this.apiServer = server;
    await eventually(
      'the API server is ready',
      async () => {
        if (server.hasEnded) throw new Error(`kube-apiserver ended: ${server.output.slice(-2_000)}`);
        return this.isReady();
      },
      READY_MS,
    );
  }

  /** Ends every process of this control plane and removes its folder. */
  async stop(): Promise<void> {
    await this.connections.close();
    await Promise.all(this.others.slice(1).map((process) => process.stop('SIGTERM', 3_000)));
    await this.apiServer?.stop('SIGKILL');
    await this.others[0]?.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startAll({
    runsWorkloads = false,
    manifests = [],
    administrators = [],
  }: ControlPlaneOptions): Promise<void> {
    const [port = 0, etcdPort = 0, peerPort = 0] = await freePorts(3);
    this.port = port;
    this.etcdPort = etcdPort;
    this.writeFiles(['admin', ...administrators]);
    const etcd = this.launch('etcd', etcdFlags(this.folder, { port: etcdPort, peerPort }));
    this.others.push(etcd);
    await this.startApiServer();
    this.api = await this.connect(this.kubeconfig, 'orkestra-test');
    await eventually('the default namespace exists', () =>
      this.api.get({
        resource: { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
        name: 'default',
      }),
    );
    // Before the controller manager: its garbage collector learns of later CRDs only every 30 s.
    for (const manifest of manifests) await this.applyText(manifest);
    // Controller manager, scheduler and a fake node.
    if (runsWorkloads) await this.startWorkloads();
  }

  connect(kubeconfig: string, userAgent: string): Promise<HttpKubeApi> {
    return this.connections.connect(kubeconfig, userAgent);
  }

  /** Controllers, scheduler and fake nodes: they write from now on. */
  async startWorkloads(): Promise<void> {
    const { kubeconfig } = this;
    const common = { kubeconfig, 'leader-elect': false, 'secure-port': 0 };
    this.others.push(
      this.launch('kube-controller-manager', {
        ...common,
        controllers: CONTROLLERS.join(','),
        'kube-api-qps': 500,
        'kube-api-burst': 500,
      }),
      this.launch('kube-scheduler', { kubeconfig, 'leader-elect': false, 'secure-port': 0 }),
      this.launch('kwok', {
        kubeconfig,
        'manage-all-nodes': false,
        'manage-nodes-with-label-selector': 'kubernetes.io/hostname',
        config: join(__dirname, 'stages.yaml'),
      }),
    );
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'fake', labels: { 'kubernetes.io/hostname': 'fake' } },
    };
    await this.applyText(JSON.stringify(node));
    await eventually('the fake node is ready', async () => {
      const status = await this.kubectl(
        'get',
        'node',
        'fake',
        '-o',
        'jsonpath={.status.conditions[?(@.type=="Ready")].status}',
      );
      return status === 'True';
    });
  }

  private writeFiles(administrators: readonly string[]): void {
    const { folder } = this;
    mkdirSync(join(folder, 'certs'));
    writeServerFiles(folder, administrators);
    writeFileSync(join(folder, 'client-ca.crt'), this.clients.pem);
    const policy = {
      apiVersion: 'audit.k8s.io/v1',
      kind: 'Policy',
      omitStages: ['RequestReceived'],
      rules: [{ level: 'Metadata' }],
    };
    writeFileSync(join(folder, 'audit.yaml'), JSON.stringify(policy));
    this.writeKubeconfig('admin', 'admin-token');
  }

  private launch(name: string, flags: Readonly<Record<string, string | number | boolean>>): ServerProcess {
    return new ServerProcess(join(this.assets, name), argumentsOf(flags));
  }

  private async isReady(): Promise<boolean> {
    const { stdout } = await promisify(execFile)(join(this.assets, 'kubectl'), [
      '--kubeconfig',
      this.kubeconfig,
      'get',
      '--raw',
      '/readyz',
    ]);
    return stdout === 'ok';
  }
}

/** Where the binaries are; builds nothing: `npm run kube:assets` did. */
export function assetsFolder(): string {
  const folder = execFileSync(process.execPath, [join(ROOT, 'scripts/kube-assets.js'), '--print'], {
    encoding: 'utf8',
  });
  const path = folder.trim().split('\n').at(-1) ?? '';
  if (!existsSync(join(path, 'kube-apiserver'))) {
    throw new Error(`no kube-apiserver in ${path}: run "npm run kube:assets" first`);
  }
  return path;
}
