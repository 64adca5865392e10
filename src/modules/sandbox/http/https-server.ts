// The socket of the sandbox: HTTPS on loopback. It only carries requests and answers; what they mean is decided in
// request/.
import { createServer, type Server } from 'node:https';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { bindPort, type LoopbackCertificate } from '../../net';
import { type ApiAnswer, type ApiRequest, type BodyAnswer } from '../request';
import { tooLarge } from '../status';
import { pumpWatch } from './watch-pump';

export type Handle = (request: ApiRequest) => Promise<ApiAnswer>;

/** Largest body that is read, bytes: that of the real server. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
const HOST = '127.0.0.1';

export class HttpsServer {
  private readonly server: Server;

  constructor(
    certificate: LoopbackCertificate,
    private readonly handle: Handle,
  ) {
    this.server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
      // A request that fails in an unforeseen way is cut off; the others go on.
      this.serve(request, response).catch(() => void response.destroy());
    });
    // Watches are silent for as long as nothing happens.
    this.server.requestTimeout = 0;
    this.server.headersTimeout = 0;
    this.server.keepAliveTimeout = 60_000;
    // Bad TLS and bad HTTP of a client are the client's.
    this.server.on('tlsClientError', () => undefined);
    this.server.on('clientError', (_error, socket) => void socket.destroy());
  }

  /** Rejects when the port is taken; 0 takes a free one. The port that it listens on. */
  async listen(port: number): Promise<number> {
    await bindPort({ host: HOST, port, isPortRequested: true }, (asked) => this.bind(asked));
    return (this.server.address() as AddressInfo).port;
  }

  private bind(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, HOST, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** Cuts what is open. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const answer = await this.handle({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: request.headers,
      body: () => readBody(request),
    });
    if ('watch' in answer) {
      writeHead(response, answer);
      response.flushHeaders();
      await pumpWatch(answer, response);
    } else send(request, response, answer);
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: BodyAnswer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  // An unread body would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close');
  response.setHeader('content-length', body.length);
  writeHead(response, answer);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function writeHead(response: ServerResponse, answer: ApiAnswer): void {
  response.setHeader('cache-control', 'no-cache, private');
  response.setHeader('content-type', answer.contentType);
  if ('headers' in answer) {
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  }
  const { warnings = [] } = answer;
  if (warnings.length > 0) response.setHeader('warning', warnings.map(warningHeader));
  response.writeHead(answer.code);
}

/** Code 299, no agent, quoted text without control characters. */
function warningHeader(text: string): string {
  const quoted = text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&');
  return `299 - "${Buffer.from(quoted, 'utf8').toString('latin1')}"`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge(MAX_BODY_BYTES);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
