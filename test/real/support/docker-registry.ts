// A real registry (Debian's docker-registry) on loopback, with a port and a folder of its own.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../../scripts/real-servers';
import { eventually, Hopeless } from '../../kube/support/eventually';
import { ServerProcess } from '../../kube/support/server-process';

/** As the registry's own configuration has them, below `auth`. */
export type RegistryAuth = Readonly<Record<string, Readonly<Record<string, string>>>>;

export class DockerRegistry {
  readonly folder = mkdtempSync(join(tmpdir(), 'ork-registry-'));
  private server: ServerProcess | undefined;
  private port = 0;

  /** `auth` may name files of the folder, which it gets. */
  static async start(auth: (folder: string) => RegistryAuth = () => ({})): Promise<DockerRegistry> {
    const made = new DockerRegistry();
    try {
      [made.port = 0] = await freePorts(1);
      const wanted = auth(made.folder);
      const config = {
        version: 0.1,
        log: { level: 'warn' },
        storage: { filesystem: { rootdirectory: join(made.folder, 'storage') } },
        http: { addr: made.host, secret: 'not-shared' },
        ...(Object.keys(wanted).length === 0 ? {} : { auth: wanted }),
      };
      // JSON is YAML.
      writeFileSync(join(made.folder, 'config.yml'), JSON.stringify(config));
      await made.run();
    } catch (error) {
      await made.remove();
      throw error;
    }
    return made;
  }

  /** `127.0.0.1:20001` */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it again on the same port, with what it had. */
  async run(): Promise<void> {
    const server = new ServerProcess('docker-registry', ['serve', join(this.folder, 'config.yml')]);
    this.server = server;
    await eventually('the registry answers', async () => {
      if (server.hasEnded) throw new Hopeless(`the registry ended: ${server.output.slice(-1_000)}`);
      return (await fetch(`http://${this.host}/v2/`)).status < 500;
    });
  }

  async stop(): Promise<void> {
    // A frozen process hears nothing else.
    this.server?.signal('SIGCONT');
    await this.server?.stop();
  }

  /** Connections are accepted (by the system), and nobody answers. */
  freeze(): void {
    this.server?.signal('SIGSTOP');
  }

  thaw(): void {
    this.server?.signal('SIGCONT');
  }

  /** Changes content behind the registry's back. */
  damage(digest: string, change: (content: Buffer) => Buffer): void {
    const hex = digest.slice('sha256:'.length);
    const file = join(this.folder, 'storage/docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data');
    const content = readFileSync(file);
    if (createHash('sha256').update(content).digest('hex') !== hex) throw new Error(`${digest} is damaged already`);
    writeFileSync(file, change(content));
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
