// The language server that editors use for YAML, spoken to as an editor does: JSON-RPC over its standard streams
// (https://microsoft.github.io/language-server-protocol/).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface Diagnostic {
  readonly message: string;
  /** From 0. */
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

const SETTINGS = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };

export class YamlLanguageServer {
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly published = new Map<string, (found: readonly Diagnostic[]) => void>();
  private received = Buffer.alloc(0);
  private lastId = 0;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
  }

  static async start(): Promise<YamlLanguageServer> {
    const bin = require.resolve('yaml-language-server/bin/yaml-language-server');
    const server = new YamlLanguageServer(spawn(process.execPath, [bin, '--stdio']));
    const capabilities = { workspace: { configuration: true } };
    await server.request('initialize', { processId: process.pid, rootUri: null, capabilities });
    server.notify('initialized', {});
    return server;
  }

  /** Opens the file with this text, or its own; gives what the server finds. */
  async open(path: string, text = readFileSync(path, 'utf8')): Promise<readonly Diagnostic[]> {
    const { href: uri } = pathToFileURL(path);
    const found = new Promise<readonly Diagnostic[]>((resolve) => this.published.set(uri, resolve));
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return found;
  }

  /** What stands under the mouse, as Markdown. */
  async hover(path: string, position: Position): Promise<string> {
    const answer = await this.request('textDocument/hover', at(path, position));
    return (answer as { readonly contents?: { readonly value?: string } } | null)?.contents?.value ?? '';
  }

  /** The labels of what could be typed here. */
  async complete(path: string, position: Position): Promise<readonly string[]> {
    const answer = await this.request('textDocument/completion', at(path, position));
    return (answer as { readonly items: readonly { readonly label: string }[] }).items.map(({ label }) => label);
  }

  async stop(): Promise<void> {
    const closed = once(this.child, 'close');
    await this.request('shutdown', null);
    this.notify('exit', null);
    await closed;
  }

  private request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(error.message)),
      );
      this.send({ id, method, params });
    });
  }

  private notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  private send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private receive(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    for (;;) {
      const head = this.received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.received.toString('latin1', 0, head))?.[1]);
      const end = head + 4 + length;
      if (this.received.length < end) return;
      const message = JSON.parse(this.received.toString('utf8', head + 4, end)) as Message;
      this.received = this.received.subarray(end);
      this.take(message);
    }
  }

  private take(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      this.answers.get(id as number)?.(message);
      this.answers.delete(id as number);
    } else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
      this.published.get(uri)?.(diagnostics);
      this.published.delete(uri);
    } else if (id !== undefined) {
      const { items = [] } = (params ?? {}) as { readonly items?: readonly { readonly section?: string }[] };
      const settings = items.map(({ section }) => (section === 'yaml' ? SETTINGS : null));
      this.send({ id, result: method === 'workspace/configuration' ? settings : null });
    }
  }
}

function at(path: string, position: Position): unknown {
  return { textDocument: { uri: pathToFileURL(path).href }, position };
}
