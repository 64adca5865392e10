// Raw HTTPS to an API server: what a client library would hide (warnings, content types, the order of a stream) is what
// the suite compares.
import { Agent, request, type RequestOptions } from 'node:https';
import { type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** How to reach the server under test. */
export interface ServerAddress {
  readonly url: string;
  readonly caPem: string;
  readonly token: string;
  /** Makes the store forget what was before now, as etcd is told to every five minutes. */
  readonly compact: () => Promise<void>;
  /** How long a case waits for what comes by itself: events, controllers. */
  readonly patienceMs: number;
}

export interface RawRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly warnings: readonly string[];
  readonly text: string;
}

const ANSWER_MS = 20_000;

export class ServerClient {
  private readonly agent: Agent;

  constructor(private readonly address: ServerAddress) {
    this.agent = new Agent({ keepAlive: true, ca: address.caPem });
  }

  async send(raw: RawRequest): Promise<RawAnswer> {
    const answer = await this.open(raw, AbortSignal.timeout(ANSWER_MS));
    return { ...headOf(answer), text: await text(answer) };
  }

  /** Resolves once the head of the answer is there; the caller reads or destroys the stream. */
  async open(raw: RawRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { url, token } = this.address;
    const { hostname, port } = new URL(url);
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      // The name of the field manager comes from here.
      'user-agent': 'conformance/1.0',
      accept: 'application/json',
      ...raw.headers,
    };
    if (raw.body !== undefined) headers['content-length'] = String(Buffer.byteLength(raw.body));
    const options: RequestOptions = { hostname, port, path: raw.path, method: raw.method, headers, agent: this.agent };
    return new Promise((resolve, reject) => {
      const sent = request({ ...options, signal }, resolve);
      sent.on('error', reject);
      sent.end(raw.body);
    });
  }

  get patienceMs(): number {
    return this.address.patienceMs;
  }

  compact(): Promise<void> {
    return this.address.compact();
  }

  close(): void {
    this.agent.destroy();
  }
}

export function headOf(answer: IncomingMessage): Omit<RawAnswer, 'text'> {
  const warnings: string[] = [];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    if (answer.rawHeaders[at]?.toLowerCase() === 'warning') warnings.push(answer.rawHeaders[at + 1] ?? '');
  }
  return { status: answer.statusCode ?? 0, contentType: answer.headers['content-type'] ?? '', warnings };
}
