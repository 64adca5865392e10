// A registry in this process, for tests of what real ones do seldom: broken content, odd logins, lost files. The plain
// behaviour is held to a real registry by test/real.
import { createHash } from 'node:crypto';
import { type ServerResponse } from 'node:http';
import { answer, LoopbackServer, type SeenCall } from './loopback-server';

/** Answers instead of the registry when it gives true. */
export type Override = (call: SeenCall, response: ServerResponse) => boolean;

interface Kept {
  readonly type: string;
  readonly content: Buffer;
}

export class FakeRegistry {
  /** By `<repository> <digest or tag>`. */
  readonly manifests = new Map<string, Kept>();
  readonly blobs = new Map<string, Buffer>();
  override: Override = () => false;
  private server!: LoopbackServer;

  static async start(): Promise<FakeRegistry> {
    const made = new FakeRegistry();
    made.server = await LoopbackServer.start((call, response) => {
      if (!made.override(call, response)) made.serve(call, response);
    });
    return made;
  }

  get host(): string {
    return this.server.host;
  }

  get port(): number {
    return this.server.port;
  }

  get seen(): readonly SeenCall[] {
    return this.server.seen;
  }

  /** `GET /v2/...` of each call since the last time. */
  takeCalls(): readonly string[] {
    return this.server.seen.splice(0).map(({ method, target }) => `${method} ${target}`);
  }

  putManifest(
    repository: string,
    tag: string,
    document: unknown,
    type = 'application/vnd.oci.image.manifest.v1+json',
  ): string {
    const content = Buffer.isBuffer(document) ? document : Buffer.from(JSON.stringify(document));
    const digest = sha256(content);
    for (const name of [tag, digest]) this.manifests.set(`${repository} ${name}`, { type, content });
    return digest;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private serve({ method, target, body, headers }: SeenCall, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(target, 'http://registry');
    const [, repository = '', kind, name = ''] =
      /^\/v2\/(.+)\/(blobs|manifests|tags|uploads)\/(.*)$/.exec(pathname) ?? [];
    if (method === 'POST') return answer(response, 202, '', { location: `/v2/${repository}/uploads/1?state=x` });
    if (method === 'PUT' && kind === 'uploads') {
      this.blobs.set(searchParams.get('digest') ?? '', body);
      return answer(response, 201);
    }
    if (method === 'PUT') {
      this.putManifest(repository, name, body, headers['content-type'] ?? '');
      return answer(response, 201);
    }
    if (kind === 'blobs') {
      const blob = this.blobs.get(name);
      return blob === undefined
        ? refuse(response, 'BLOB_UNKNOWN')
        : answer(response, 200, method === 'HEAD' ? '' : blob);
    }
    if (kind === 'tags') {
      const own = [...this.manifests.keys()].filter((key) => key.startsWith(`${repository} `));
      const tags = own.map((key) => key.slice(repository.length + 1)).filter((tag) => !tag.includes(':'));
      return own.length === 0 ? refuse(response, 'NAME_UNKNOWN') : answer(response, 200, JSON.stringify({ tags }));
    }
    const manifest = this.manifests.get(`${repository} ${name}`);
    if (manifest === undefined) return refuse(response, 'MANIFEST_UNKNOWN');
    const told = { 'content-type': manifest.type, 'docker-content-digest': sha256(manifest.content) };
    answer(response, 200, manifest.content, told);
  }
}

function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function refuse(response: ServerResponse, code: string): void {
  answer(response, 404, JSON.stringify({ errors: [{ code, message: 'not known' }] }));
}
