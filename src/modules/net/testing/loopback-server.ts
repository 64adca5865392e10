// A loopback HTTP server that answers from a script, for tests of what calls out.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo } from 'node:net';

export interface SeenCall {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Writes the answer; leaving the response open makes the client wait. `count` from 0. */
export type Script = (call: SeenCall, response: ServerResponse, count: number) => void;

export class LoopbackServer {
  readonly seen: SeenCall[] = [];
  private readonly server: Server;

  private constructor(
    private readonly script: Script,
    private readonly tls: ServerOptions | undefined,
  ) {
    const serve = (request: IncomingMessage, response: ServerResponse): void => void this.serve(request, response);
    this.server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  }

  static async start(script: Script, tls?: ServerOptions): Promise<LoopbackServer> {
    const made = new LoopbackServer(script, tls);
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `127.0.0.1:12345` */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `${this.tls === undefined ? 'http' : 'https'}://${this.host}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: SeenCall = {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    this.script(call, response, this.seen.push(call) - 1);
  }
}

/** Answers with a status and a text. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end(body);
}
