// A proxy of ours between the runtime and the API server, plain HTTP on loopback. It passes everything on, with the
// client's own credentials, until it is told to fail: a connection cut before or after the server acted, a late answer,
// an answer of our own (410, 429), a watch that is cut or goes silent. Every request and its fate is written down.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { resolveCluster } from '../../../src/modules/kube';
import { type Plane } from './plane';

export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly isWatch: boolean;
  readonly body: string;
  /** Monotonic milliseconds. */
  readonly at: number;
  /** Whether the server got it. */
  wasForwarded: boolean;
  /** What the server answered; undefined: nothing (yet). */
  code: number | undefined;
  /** What was answered in its place, or done to the connection. */
  fault: Fault['type'] | undefined;
}

export type Fault =
  /** The server never hears of it. */
  | { readonly type: 'cut-before' }
  /** The server has done it, the client never hears. */
  | { readonly type: 'cut-after' }
  | { readonly type: 'delay'; readonly ms: number }
  | {
      readonly type: 'answer';
      readonly code: number;
      readonly reason: string;
      readonly retryAfterSeconds?: number;
      readonly message?: string;
      /** 200 and one ERROR event with this status: how a watch that runs already is refused. */
      readonly asWatchEvent?: boolean;
    }
  /** Headers, then never a byte: a connection that is half open. */
  | { readonly type: 'silent' };

export type Selector = (request: SeenRequest) => boolean;

export interface InjectOptions {
  /** Selected requests that pass before the first fault: an ordinal, counted from 0. */
  readonly skip?: number;
  /** Faults until the injection is over; default 1. */
  readonly times?: number;
  /** Runs at the moment of a cut, before the client can notice it. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** One thing that goes wrong. */
export class Injection {
  hits = 0;
  private seen = 0;
  private isOver = false;

  constructor(
    readonly fault: Fault,
    private readonly select: Selector,
    private readonly options: InjectOptions,
  ) {}

  /** Whether it befalls this request. */
  takes(request: SeenRequest): boolean {
    if (this.isOver || !this.select(request) || this.seen++ < (this.options.skip ?? 0)) return false;
    if (this.hits >= (this.options.times ?? 1)) return false;
    this.hits++;
    return true;
  }

  async meanwhile(): Promise<void> {
    await this.options.meanwhile?.();
  }

  end(): void {
    this.isOver = true;
  }
}

interface OpenWatch {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  isSilent: boolean;
}

export class FaultProxy {
  readonly seen: SeenRequest[] = [];
  private readonly injections: Injection[] = [];
  private readonly watches = new Set<OpenWatch>();
  private readonly agent: Agent;
  private readonly server: Server;

  private constructor(
    private readonly plane: Plane,
    /** Address of the server behind it. */
    private readonly behind: string,
    ca: string | undefined,
  ) {
    this.agent = new Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca }) });
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(plane: Plane): Promise<FaultProxy> {
    const { server, ca } = await resolveCluster({ kubeconfig: plane.kubeconfig }, {});
    const proxy = new FaultProxy(plane, server, ca);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The administrator's way through this proxy: path of a kubeconfig, that of the plane with another address. */
  kubeconfig(): string {
    const config = parse(readFileSync(this.plane.kubeconfig, 'utf8')) as { readonly clusters: readonly object[] };
    const clusters = config.clusters.map((one) => ({ ...one, cluster: { server: this.url } }));
    const file = join(this.plane.folder, 'through-proxy.kubeconfig');
    writeFileSync(file, JSON.stringify({ ...config, clusters }), { mode: 0o600 });
    return file;
  }

  inject(select: Selector, fault: Fault, options: InjectOptions = {}): Injection {
    const injection = new Injection(fault, select, options);
    this.injections.push(injection);
    return injection;
  }

  /** No faults any more; what was seen is forgotten too. */
  reset(): void {
    for (const injection of this.injections.splice(0)) injection.end();
    this.seen.length = 0;
  }

  /** How many of these watches run. */
  openWatches(select: Selector): number {
    return [...this.watches].filter(({ request }) => select(request)).length;
  }

  /** Cuts the watches that run; gives their number. */
  dropWatches(select: Selector = () => true): number {
    const mine = [...this.watches].filter(({ request }) => select(request));
    for (const { response } of mine) response.destroy();
    return mine.length;
  }

  /** The watches that run say nothing more, but stay open; gives their number. */
  silenceWatches(select: Selector = () => true): number {
    const mine = [...this.watches].filter(({ request }) => select(request));
    for (const watch of mine) watch.isSilent = true;
    return mine.length;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    this.agent.destroy();
    await closed;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    this.seen.push(request);
    const injection = this.injections.find((one) => one.takes(request));
    const fault = injection?.fault;
    request.fault = fault?.type;
    switch (fault?.type) {
      case 'cut-before':
        await injection?.meanwhile();
        response.destroy();
        return;
      case 'answer':
        answer(response, fault);
        return;
      case 'silent':
        response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
        return;
      case 'delay':
        await pause(fault.ms);
        break;
      case 'cut-after':
      case undefined:
        break;
      default:
        fault satisfies never;
    }
    if (response.destroyed) return;
    this.forward(request, incoming, response, fault?.type === 'cut-after' ? injection : undefined);
  }

  private forward(request: SeenRequest, incoming: IncomingMessage, response: ServerResponse, cut?: Injection): void {
    request.wasForwarded = true;
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const options = { method: request.method, headers, agent: this.agent };
    const upstream = httpsRequest(this.behind + (incoming.url ?? '/'), options, (answered) => {
      request.code = answered.statusCode;
      if (cut === undefined) this.pass(request, answered, response);
      else {
        answered.resume().once('end', () => void cut.meanwhile().then(() => response.destroy()));
      }
    });
    upstream.once('error', () => response.destroy());
    response.once('close', () => upstream.destroy());
    upstream.end(request.body);
  }

  private pass(request: SeenRequest, answered: IncomingMessage, response: ServerResponse): void {
    const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = answered.headers;
    response.writeHead(answered.statusCode ?? 502, headers);
    const watch = { request, response, isSilent: false };
    if (request.isWatch) {
      this.watches.add(watch);
      response.flushHeaders();
      response.once('close', () => this.watches.delete(watch));
    }
    answered.on('data', (chunk: Buffer) => void (watch.isSilent || response.write(chunk)));
    answered.once('end', () => void (watch.isSilent || response.end()));
    answered.once('error', () => response.destroy());
  }
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://proxy');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    isWatch: ['true', '1'].includes(url.searchParams.get('watch') ?? ''),
    body: Buffer.concat(chunks).toString('utf8'),
    at: performance.now(),
    wasForwarded: false,
    code: undefined,
    fault: undefined,
  };
}

function answer(response: ServerResponse, fault: Fault & { readonly type: 'answer' }): void {
  const { code, reason, retryAfterSeconds, asWatchEvent, message = `${reason} (by the fault proxy)` } = fault;
  const details = retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } };
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
    ...details,
  };
  if (asWatchEvent === true) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
    return;
  }
  response.writeHead(code, {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(status));
}

/** Everything that changes the cluster, but not the renewals of the Lease; a question for rights is a POST too. */
export function isWrite({ method, path }: SeenRequest): boolean {
  if (method === 'GET' || path.startsWith('/apis/authorization.k8s.io/')) return false;
  return !(method === 'PUT' && path.includes('/leases/'));
}

/** Requests for a resource: its collections and its objects. */
export function of(plural: string): Selector {
  return ({ path }) => new RegExp(`/${plural}(/|$)`).test(path);
}
