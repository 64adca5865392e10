// The sandbox in the place of a real control plane: in the process of the test, reached over HTTPS like any other.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KatalogInvalidError, ProblemList } from '../../../src/modules/common';
import { parseYamlDocuments, toJson } from '../../../src/modules/katalog';
import { Discovery, type HttpKubeApi, type KubeObject } from '../../../src/modules/kube';
import { type RequestLogEntry, type RunningSandbox, startSandbox } from '../../../src/modules/sandbox';
import { ApiClients } from '../../kube/support/api-clients';
import { eventually } from '../../kube/support/eventually';
import { type Plane, type PlaneOptions } from '../../kube/support/plane';
import { type LoggedRequest, RequestLog } from '../../kube/support/request-log';

/** What the sandbox tells of each request. */
class SandboxLog extends RequestLog {
  readonly entries: RequestLogEntry[] = [];

  protected all(): readonly LoggedRequest[] {
    return this.entries;
  }
}

export class SandboxPlane implements Plane {
  private constructor(
    readonly folder: string,
    readonly audit: SandboxLog,
    readonly api: HttpKubeApi,
    private readonly sandbox: RunningSandbox,
    private readonly connections: ApiClients,
  ) {}

  static async start({ runsWorkloads = false, manifests = [] }: PlaneOptions = {}): Promise<SandboxPlane> {
    const folder = mkdtempSync(join(tmpdir(), 'ork-sandbox-'));
    const audit = new SandboxLog();
    const sandbox = await startSandbox({
      port: 0,
      onRequest: (entry) => void audit.entries.push(entry),
      ...(runsWorkloads ? {} : { controllers: [] }),
    });
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, sandbox.kubeconfig(), { mode: 0o600 });
    const connections = new ApiClients();
    const api = await connections.connect(kubeconfig, 'orkestra-test');
    const plane = new SandboxPlane(folder, audit, api, sandbox, connections);
    for (const manifest of manifests) await plane.applyText(manifest);
    return plane;
  }

  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }

  async applyText(text: string): Promise<void> {
    const problems = new ProblemList();
    const documents = parseYamlDocuments(text, 'manifest.yaml', problems);
    if (problems.hasErrors) throw new KatalogInvalidError(problems.errors);
    for (const document of documents) await this.apply(toJson(document) as unknown as KubeObject);
  }

  connect(kubeconfig: string, userAgent: string): Promise<HttpKubeApi> {
    return this.connections.connect(kubeconfig, userAgent);
  }

  async stop(): Promise<void> {
    await this.connections.close();
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async apply(object: KubeObject): Promise<void> {
    const [group = '', version = ''] = String(object['apiVersion']).includes('/')
      ? String(object['apiVersion']).split('/')
      : ['', String(object['apiVersion'])];
    const resource = await eventually(`${object.kind} is served`, () =>
      new Discovery(this.api).resourceFor({ group, version, kind: object.kind }),
    );
    const { name, namespace } = object.metadata;
    const ref = { resource, name, ...(resource.namespaced ? { namespace: namespace ?? 'default' } : {}) };
    await this.api.apply(ref, object, { fieldManager: 'test', force: true });
  }
}
