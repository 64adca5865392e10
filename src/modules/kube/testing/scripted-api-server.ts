// A loopback HTTP server that answers from a script: for tests of the transport, the reflector and the election. It
// knows nothing of Kubernetes; the second fake API that everybody would have to keep true is left out on purpose.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Writes the answer; leaving the response open makes a stream. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

export function json(code: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** A watch: these lines, then open until somebody ends it. */
export function lines(events: readonly unknown[], ends = false): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const event of events) response.write(`${JSON.stringify(event)}\n`);
    if (ends) response.end();
  };
}

export class ScriptedApiServer {
  readonly seen: SeenRequest[] = [];
  private readonly server: Server;
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly script: (request: SeenRequest, count: number) => Answer) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** `script` gets each request and its number, counted from 0. */
  static async start(script: (request: SeenRequest, count: number) => Answer): Promise<ScriptedApiServer> {
    const made = new ScriptedApiServer(script);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Streams that are open now. */
  get openResponses(): number {
    return this.open.size;
  }

  endStreams(): void {
    for (const response of this.open) response.end();
  }

  async close(): Promise<void> {
    for (const response of this.open) response.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
    const count = this.seen.push(seen) - 1;
    this.script(seen, count)(response, seen);
  }
}
