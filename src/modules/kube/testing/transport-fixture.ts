// A scripted server and transports to it, for the specs of the transport.
import { OrkestraError } from '../../common';
import { type ClusterConfig } from '../config';
import { type KubeApiError, type KubeTransportError } from '../kube.errors';
import { type Call, HttpTransport, type RequestRecord, type TransportOptions } from '../transport/http-transport';
import { json, type Script, ScriptedApiServer } from './scripted-api-server';

export const SECRET = 'token-that-nobody-may-see';
export const OK = json(200, { kind: 'Pod' });

export function read(more: Partial<Call> = {}): Call {
  const resource = { group: 'apps', plural: 'deployments' };
  return { method: 'GET', path: '/x', verb: 'get', what: 'deployments.apps default/web', resource, ...more };
}

export function write(more: Partial<Call> = {}): Call {
  return read({ method: 'PATCH', verb: 'apply', body: '{}', ...more });
}

/** The error of the work; fails when it holds the secret. */
export async function failure(work: Promise<unknown>): Promise<KubeApiError | KubeTransportError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OrkestraError)) throw new Error('the work did not fail with an OrkestraError');
  if (`${error.message} ${JSON.stringify(error)}`.includes(SECRET)) throw new Error('the error tells the secret');
  return error as KubeApiError | KubeTransportError;
}

export class TransportFixture {
  records: RequestRecord[] = [];
  private running: ScriptedApiServer | undefined;
  private readonly open: HttpTransport[] = [];

  get server(): ScriptedApiServer {
    if (this.running === undefined) throw new Error('no server was started');
    return this.running;
  }

  async start(
    script: Script,
    options: Partial<TransportOptions> = {},
    config: Partial<ClusterConfig> = {},
  ): Promise<HttpTransport> {
    await this.listen(script);
    return this.transport(options, config);
  }

  async listen(...how: Parameters<typeof ScriptedApiServer.start>): Promise<void> {
    this.running = await ScriptedApiServer.start(...how);
  }

  transport(options: Partial<TransportOptions> = {}, config: Partial<ClusterConfig> = {}): HttpTransport {
    this.records = [];
    const transport = new HttpTransport({
      config: {
        server: this.server.url,
        insecureSkipTlsVerify: false,
        contextName: 'test',
        source: 'flag',
        token: SECRET,
        ...config,
      },
      userAgent: 'orkestra/1.2.3 (runtime)',
      observe: (record) => this.records.push(record),
      random: { next: () => 0 },
      ...options,
    });
    this.open.push(transport);
    return transport;
  }

  async close(): Promise<void> {
    await Promise.all(this.open.splice(0).map((transport) => transport.close()));
    await this.running?.close();
    this.running = undefined;
  }
}
