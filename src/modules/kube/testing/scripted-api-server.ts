// A loopback HTTP server that answers from a script: for tests of the transport, the reflector and the election. It
// knows nothing of Kubernetes; the second fake API that everybody would have to keep true is left out on purpose.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { type TLSSocket } from 'node:tls';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query exactly as sent. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Common name of the client certificate, if there was one. */
  readonly client: string | undefined;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
}

/** Writes the answer; leaving the response open makes a stream. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

export type Script = (request: SeenRequest, count: number) => Answer;

export function json(code: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return text(code, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function text(code: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(code, headers);
    response.end(body);
  };
}

/** metav1.Status, as the API server refuses with it. */
export function status(code: number, reason: string, message = reason, details: unknown = {}): Answer {
  return json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details });
}

/** Cuts the connection without an answer. */
export const cut: Answer = (response) => void response.destroy();

/** Never answers. */
export const silence: Answer = () => undefined;

/** A watch: these lines, then open until somebody ends it. */
export function lines(events: readonly unknown[], ends = false): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const event of events) response.write(`${JSON.stringify(event)}\n`);
    if (ends) response.end();
  };
}

/** One watch at a time that a test speaks into. */
export class ScriptedStream {
  private response: ServerResponse | undefined;

  readonly answer: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.response = response;
  };

  send(...events: readonly unknown[]): void {
    for (const event of events) this.write(Buffer.from(`${JSON.stringify(event)}\n`));
  }

  write(bytes: Buffer): void {
    this.response?.write(bytes);
  }

  /** The server ends the watch in good order. */
  end(): void {
    this.response?.end();
  }

  /** The connection breaks. */
  cut(): void {
    this.response?.destroy();
  }
}

interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
}

export class ScriptedApiServer {
  readonly seen: SeenRequest[] = [];
  private readonly server: Server;
  private readonly open = new Set<ServerResponse>();
  private readonly sockets = new Map<Socket, number>();
  private readonly waiters = new Set<Waiter>();
  private accepted = 0;

  private constructor(
    private readonly script: Script,
    private readonly tls: ServerOptions | undefined,
  ) {
    const serve = (request: IncomingMessage, response: ServerResponse): void => void this.serve(request, response);
    this.server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
    this.server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
      this.sockets.set(socket, ++this.accepted);
      socket.once('close', () => {
        this.sockets.delete(socket);
        this.look();
      });
    });
  }

  /** `script` gets each request and its number, counted from 0. */
  static async start(script: Script, tls?: ServerOptions): Promise<ScriptedApiServer> {
    const made = new ScriptedApiServer(script, tls);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `${this.tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Streams that are open now. */
  get openResponses(): number {
    return this.open.size;
  }

  /** Connections that are open now. */
  get openConnections(): number {
    return this.sockets.size;
  }

  /** Connections since the start. */
  get connections(): number {
    return this.accepted;
  }

  /** Resolves when the condition holds; it is looked at after each request and each end of an answer or connection. */
  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.add({ isMet, resolve }));
  }

  /** Resolves when so many requests were seen. */
  untilSeen(count: number): Promise<void> {
    return this.until(() => this.seen.length >= count);
  }

  endStreams(): void {
    for (const response of this.open) response.end();
  }

  async close(): Promise<void> {
    for (const response of this.open) response.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private look(): void {
    for (const waiter of this.waiters) {
      if (!waiter.isMet()) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      target: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      client: this.tls === undefined ? undefined : (request.socket as TLSSocket).getPeerCertificate().subject?.CN,
      connection: this.sockets.get(request.socket) ?? 0,
    };
    this.open.add(response);
    response.on('close', () => {
      this.open.delete(response);
      this.look();
    });
    const count = this.seen.push(seen) - 1;
    this.script(seen, count)(response, seen);
    this.look();
  }
}
