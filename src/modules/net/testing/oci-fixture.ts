// A fake registry, and clients that may reach it: for tests of packages.
import { mkdtempSync, rmSync } from 'node:fs';
import { type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OciSettings, readSettings } from '../../konfig';
import { AddressGuard, HttpClient } from '../http';
import { OciClient, OciError, type OciReference, parseReference, type PullOptions, type PushRequest } from '../oci';
import { FakeRegistry } from './fake-registry';

/** Every name leads to loopback. */
const resolveToLoopback: LookupFunction = (_host, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }] as never);

export class OciFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'ork-oci-'));
  registry!: FakeRegistry;
  private http!: HttpClient;
  private readonly clients: HttpClient[] = [];
  private caches = 0;

  async start(): Promise<void> {
    this.registry = await FakeRegistry.start();
    this.http = this.httpClient([]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.registry.close(), ...this.clients.splice(0).map((client) => client.close())]);
  }

  removeFolder(): void {
    rmSync(this.folder, { recursive: true });
  }

  httpClient(allow: readonly string[]): HttpClient {
    const guard = new AddressGuard(allow);
    const made = new HttpClient({
      userAgent: 'orkestra/1',
      guard,
      resolve: resolveToLoopback,
      random: { next: () => 0 },
    });
    this.clients.push(made);
    return made;
  }

  newCacheFolder(): string {
    return join(this.folder, `cache-${++this.caches}`);
  }

  /** With an empty cache of its own unless one is named. */
  client(over: Partial<OciSettings> = {}, http = this.http): OciClient {
    const { oci } = readSettings({});
    const dockerConfigFile = join(this.folder, 'none.json');
    return new OciClient({ http, settings: { ...oci, cacheFolder: this.newCacheFolder(), dockerConfigFile, ...over } });
  }

  named(path: string): OciReference {
    return parseReference(`oci://${this.registry.host}/${path}`);
  }

  async push(path: string, files: Readonly<Record<string, string>> = { a: 'a' }): Promise<string> {
    return this.client().push(this.named(path), packageOf(files));
  }

  pullFails(path: string, options?: PullOptions, over: Partial<OciSettings> = {}): Promise<OciError> {
    return failure(this.client(over).pull(this.named(path), options));
  }
}

export const TYPE = 'application/vnd.example.package';

export function packageOf(files: Readonly<Record<string, string>>): PushRequest {
  return {
    artifactType: TYPE,
    files: Object.entries(files).map(([name, text]) => ({ name, mediaType: 'text/yaml', content: Buffer.from(text) })),
    annotations: { 'org.opencontainers.image.version': '1.0' },
  };
}

/** The OciError of work that has to fail. */
export async function failure(work: Promise<unknown>): Promise<OciError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OciError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}
