// Answers of an API server that holds nothing, so that a runtime can start, lead and rest.
import { type AddressInfo, createServer, type Server } from 'node:net';
import {
  type Answer,
  json,
  lines,
  ScriptedApiServer,
  type SeenRequest,
} from '../../../src/modules/kube/testing/scripted-api-server';

const LEASES = /\/leases(\/|$)/;

function status(code: number, reason: string, message: string): Answer {
  return json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
}

const ALL_RIGHTS = { incomplete: false, resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] };

export class EmptyCluster {
  private lease: unknown;
  /** Answers to give before all others. */
  override: (request: SeenRequest) => Answer | undefined = () => undefined;
  private server!: ScriptedApiServer;

  static async start(): Promise<EmptyCluster> {
    const cluster = new EmptyCluster();
    cluster.server = await ScriptedApiServer.start((request) => cluster.override(request) ?? cluster.answer(request));
    return cluster;
  }

  get url(): string {
    return this.server.url;
  }

  get seen(): readonly SeenRequest[] {
    return this.server.seen;
  }

  /** Undefined once it was given up. */
  get leaseHolder(): string | undefined {
    const { spec } = (this.lease ?? {}) as { readonly spec?: { readonly holderIdentity?: string } };
    return spec?.holderIdentity === '' ? undefined : spec?.holderIdentity;
  }

  /** Another runtime holds the lease from now on, for as long as the test runs. */
  lead(holderIdentity: string, katalog: string): void {
    const now = new Date().toISOString();
    this.lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: 'orkestra-konductor',
        resourceVersion: '7',
        annotations: { 'orkestra.orkspace.io/katalog': katalog },
      },
      spec: { holderIdentity, leaseDurationSeconds: 3_600, renewTime: now, acquireTime: now },
    };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private answer({ method, path, query, body }: SeenRequest): Answer {
    if (path === '/version') return json(200, { major: '1', minor: '36', gitVersion: 'v1.36.3' });
    if (query.get('watch') === 'true' || query.get('watch') === '1') return lines([]);
    if (LEASES.test(path)) return this.leaseAnswer(method, body);
    if (path.endsWith('/selfsubjectrulesreviews')) {
      return json(201, { ...(stored(body) as object), status: ALL_RIGHTS });
    }
    if (method === 'POST') return json(201, stored(body));
    if (method === 'PATCH' || method === 'PUT') return json(200, stored(body));
    return json(200, { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [] });
  }

  private leaseAnswer(method: string, body: string): Answer {
    if (method === 'GET') {
      return this.lease === undefined ? status(404, 'NotFound', 'not found') : json(200, this.lease);
    }
    this.lease = stored(body);
    return json(method === 'POST' ? 201 : 200, this.lease);
  }
}

function stored(body: string): unknown {
  const object = JSON.parse(body) as { metadata?: object };
  return { ...object, metadata: { ...object.metadata, uid: 'a-uid', resourceVersion: '2' } };
}

export const FORBIDDEN = status(403, 'Forbidden', 'websites.demo.orkestra.io is forbidden: User "x" cannot list');
export const UNAUTHORIZED = status(401, 'Unauthorized', 'Unauthorized');

export interface OpenPort {
  readonly port: number;
  /** False: another process has it, and may give it back at any time. */
  readonly isOurs: boolean;
  readonly close: () => Promise<void>;
}

/** A port that nobody listens on, and one that somebody does. */
export async function openPort(): Promise<OpenPort> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return opened(server);
}

/** From now on that port is in use: by us, or by whom it was already. */
export async function occupy(port: number): Promise<OpenPort> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.listen(port, '127.0.0.1', resolve);
  });
  return server.listening ? opened(server) : { port, isOurs: false, close: () => Promise.resolve() };
}

function opened(server: Server): OpenPort {
  const { port } = server.address() as AddressInfo;
  return { port, isOurs: true, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
