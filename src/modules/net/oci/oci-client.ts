// Packages of files in registries: pulled with everything checked, kept by digest, pushed.
import { type Clock, systemClock } from '../../common';
import { ContentCache } from './content-cache';
import { digestOf } from './digest';
import { loginFromDockerConfig } from './docker-config';
import { type Endpoint, readingEndpoint, writingEndpoint } from './endpoint';
import { type HttpAnswer, sizeInWords } from '../http';
import {
  ACCEPTED_TYPES,
  chooseManifest,
  filesOf,
  MAX_MANIFEST_BYTES,
  type OciDescriptor,
  type OciManifest,
  parseManifest,
} from './manifest';
import { OciError } from './oci.errors';
import {
  type OciClientOptions,
  type OciPackage,
  type PulledPackage,
  type PullOptions,
  type PushOptions,
  type PushRequest,
} from './oci.types';
import { pushPackage } from './push';
import { formatReference, type OciReference } from './reference';
import { Registry } from './registry';
import { RegistryLogin } from './registry-login';

const MAX_FILE_BYTES = 16 * 1_024 * 1_024;
const MAX_PACKAGE_BYTES = 64 * 1_024 * 1_024;
/** Of indexes in indexes. */
const MAX_DEPTH = 3;
const FILES_AT_ONCE = 4;

/** One pull. */
interface Visit {
  readonly reference: OciReference;
  /** How messages begin. */
  readonly what: string;
  /** Undefined offline. */
  readonly registry: Registry | undefined;
  readonly options: PullOptions;
}

export class OciClient {
  private readonly cache: ContentCache;
  private readonly login: RegistryLogin;
  /** What is on its way is not asked for again. */
  private readonly running = new Map<string, Promise<Buffer>>();

  constructor(private readonly options: OciClientOptions) {
    const clock: Clock = options.clock ?? systemClock;
    const said = new Set<string>();
    this.cache = new ContentCache(options.settings.cacheFolder, (message) => {
      if (!said.has(message)) options.warn?.(message);
      said.add(message);
    });
    this.login = new RegistryLogin(options.http, clock);
  }

  /** What the reference names now: its manifest, and the names of its files. Rejects with an OciError. */
  async resolve(reference: OciReference, options: PullOptions = {}): Promise<OciPackage> {
    const visit = this.visit(reference, options);
    const { digest, content } = await this.named(visit);
    const found = await this.manifestIn(visit, digest, content, 0);
    return { reference, ...found, files: filesOf(found.manifest, visit.what) };
  }

  /** The package with all its files. Rejects with an OciError. */
  async pull(reference: OciReference, options: PullOptions = {}): Promise<PulledPackage> {
    const found = await this.resolve(reference, options);
    const visit = this.visit(reference, options);
    const total = found.files.reduce((sum, { size }) => sum + size, 0);
    if (total > MAX_PACKAGE_BYTES) {
      throw new OciError(
        'too-large',
        `${visit.what}: its files are larger than ${sizeInWords(MAX_PACKAGE_BYTES)} together`,
      );
    }
    const contents = new Map<string, Buffer>();
    for (let index = 0; index < found.files.length; index += FILES_AT_ONCE) {
      const some = found.files.slice(index, index + FILES_AT_ONCE);
      const read = await Promise.all(some.map(async (file) => [file.name, await this.blob(visit, file)] as const));
      for (const [name, content] of read) contents.set(name, content);
    }
    return { ...found, contents };
  }

  /** The content of one file of a package that `resolve` gave. Rejects with an OciError. */
  read({ reference }: OciPackage, file: OciDescriptor, options: PullOptions = {}): Promise<Buffer> {
    return this.blob(this.visit(reference, options), file);
  }

  /** The digest of the pushed manifest. Mirrors are never written to. Rejects with an OciError. */
  async push(reference: OciReference, request: PushRequest, options: PushOptions = {}): Promise<string> {
    const what = formatReference(reference);
    if (this.options.settings.isOffline) throw new OciError('offline', `${what}: ORK_OCI_OFFLINE allows no request`);
    if (reference.tag === undefined || reference.digest !== undefined) {
      throw new OciError('reference', `${what}: a package is pushed to a tag, not to a digest`);
    }
    const endpoint = writingEndpoint(reference, this.options.settings);
    return pushPackage(this.registry(endpoint, what, 'pull,push', options), reference.tag, request);
  }

  private visit(reference: OciReference, options: PullOptions): Visit {
    const name = formatReference(reference);
    const { settings } = this.options;
    if (settings.isOffline) return { reference, what: name, registry: undefined, options };
    const endpoint = readingEndpoint(reference, settings);
    const what = endpoint.isMirror ? `${name} (mirror ${endpoint.host})` : name;
    return { reference, what, registry: this.registry(endpoint, what, 'pull', options), options };
  }

  private registry(
    endpoint: Endpoint,
    what: string,
    access: 'pull' | 'pull,push',
    { login, timeoutMs, signal }: PullOptions,
  ): Registry {
    const { dockerConfigFile } = this.options.settings;
    return new Registry(this.options.http, this.login, {
      endpoint,
      what,
      access,
      loginKey: login === undefined ? '' : digestOf(Buffer.from(JSON.stringify(login))),
      lookup: () =>
        login === undefined
          ? loginFromDockerConfig(dockerConfigFile, { registry: endpoint.host, repository: endpoint.repository })
          : Promise.resolve({ login, inWords: 'that of the import' }),
      timeoutMs,
      signal,
    });
  }

  /** The manifest or index that the reference names. */
  private async named(visit: Visit): Promise<{ readonly digest: string; readonly content: Buffer }> {
    const { reference, registry, options } = visit;
    const mayBeOld = registry === undefined || options.tags === 'cached';
    const digest = reference.digest ?? (mayBeOld ? await this.cache.digestOfTag(reference) : undefined);
    const kept = digest === undefined ? undefined : await this.cache.read(digest);
    if (digest !== undefined && kept !== undefined) return { digest, content: kept };
    if (registry === undefined) throw this.notCached(visit);
    const asked = reference.digest ?? reference.tag ?? '';
    const fetched = await this.fetchManifest(visit, registry, asked, reference.digest);
    if (reference.digest === undefined) await this.cache.writeTag(reference, fetched.digest);
    return fetched;
  }

  private async manifestIn(
    visit: Visit,
    digest: string,
    content: Buffer,
    depth: number,
  ): Promise<{ readonly digest: string; readonly manifest: OciManifest }> {
    const parsed = parseManifest(content, visit.what);
    if ('config' in parsed) return { digest, manifest: parsed };
    if (depth >= MAX_DEPTH) throw new OciError('manifest', `${visit.what}: is an index of indexes without an end`);
    const chosen = chooseManifest(parsed, visit.what);
    const kept = await this.cache.read(chosen.digest);
    if (kept !== undefined) return this.manifestIn(visit, chosen.digest, kept, depth + 1);
    if (visit.registry === undefined) throw this.notCached(visit);
    const fetched = await this.fetchManifest(visit, visit.registry, chosen.digest, chosen.digest);
    return this.manifestIn(visit, chosen.digest, fetched.content, depth + 1);
  }

  private async fetchManifest(
    { what, reference }: Visit,
    registry: Registry,
    asked: string,
    wanted: string | undefined,
  ): Promise<{ readonly digest: string; readonly content: Buffer }> {
    const answer = await registry.send({
      method: 'GET',
      path: `manifests/${asked}`,
      headers: { accept: ACCEPTED_TYPES.join(', ') },
      maxBytes: MAX_MANIFEST_BYTES,
    });
    if (answer.status === 404) throw await registry.notFound(wanted === undefined ? reference.tag : undefined, answer);
    if (answer.status !== 200) throw registry.refusal(answer);
    const digest = digestOf(answer.body);
    const told = wanted ?? [answer.headers['docker-content-digest']].flat()[0];
    if (told?.startsWith('sha256:') === true && told !== digest) throw mismatch(what, 'manifest', told, digest);
    await this.cache.write(digest, answer.body);
    return { digest, content: answer.body };
  }

  private async blob(visit: Visit, file: OciDescriptor): Promise<Buffer> {
    const { what, registry } = visit;
    if (file.size > MAX_FILE_BYTES) {
      throw new OciError('too-large', `${what}: a file of it is larger than ${sizeInWords(MAX_FILE_BYTES)}`);
    }
    const kept = await this.cache.read(file.digest);
    if (kept !== undefined) return kept;
    if (registry === undefined) throw this.notCached(visit);
    // The same content elsewhere may not be this caller's to read: each registry and login asks for itself.
    const key = `${what} ${file.digest} ${JSON.stringify(visit.options.login ?? '')}`;
    const running = this.running.get(key);
    if (running !== undefined) return running;
    // Whoever may give up asks alone.
    if (visit.options.signal !== undefined) return this.fetchBlob(what, registry, file);
    const fetched = this.fetchBlob(what, registry, file).finally(() => this.running.delete(key));
    this.running.set(key, fetched);
    return fetched;
  }

  private async fetchBlob(what: string, registry: Registry, file: OciDescriptor): Promise<Buffer> {
    const answer: HttpAnswer = await registry.send({
      method: 'GET',
      path: `blobs/${file.digest}`,
      // One byte more than announced is too much already.
      maxBytes: file.size,
    });
    if (answer.status === 404) {
      throw new OciError('registry', `${what}: the registry has lost ${file.digest}, which its manifest names`);
    }
    if (answer.status !== 200) throw registry.refusal(answer);
    const digest = digestOf(answer.body);
    if (digest !== file.digest) throw mismatch(what, 'file', file.digest, digest);
    await this.cache.write(digest, answer.body);
    return answer.body;
  }

  private notCached({ what, reference }: Visit): OciError {
    const missing = reference.digest ?? `the tag "${reference.tag ?? ''}"`;
    return new OciError(
      'offline',
      `${what}: ORK_OCI_OFFLINE allows no request, and ${this.cache.folder} does not have all of ${missing}; pull it once without`,
    );
  }
}

function mismatch(what: string, part: string, expected: string, found: string): OciError {
  return new OciError(
    'digest',
    `${what}: the ${part} that came is ${found}, but should be ${expected}; it is not used`,
  );
}
