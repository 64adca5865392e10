// One registry: requests of the distribution API (OCI distribution specification 1.1) with its login, and its refusals
// in words for people.
import { asOrkestraError, didYouMean, isJsonArray, isJsonObject, networkFailure, parseJsonObject } from '../../common';
import { type HttpAnswer, type HttpClient, HttpError, isNoTls } from '../http';
import { parseChallenges } from './challenge';
import { type Endpoint } from './endpoint';
import { type LoginLookup } from './login.types';
import { OciError } from './oci.errors';
import { type Authorization, type RegistryLogin } from './registry-login';

const MAX_LIST_BYTES = 4 * 1_024 * 1_024;
/** A refusal may be longer than what was asked for. */
const REFUSAL_BYTES = 64 * 1_024;
const LISTED = 1_000;
const SHOWN_TAGS = 8;
/** 1.10 comes after 1.9. */
const VERSIONS = new Intl.Collator('en', { numeric: true });

/** Who asks for what, in which words. */
export interface RegistryContext {
  readonly endpoint: Endpoint;
  /** The reference, and the mirror when there is one: how messages begin. */
  readonly what: string;
  readonly access: 'pull' | 'pull,push';
  readonly lookup: () => Promise<LoginLookup>;
  /** Tells logins of callers apart. */
  readonly loginKey: string;
  /** For each request. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Below `/v2/<repository>/`, or an absolute address that the registry gave. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly maxBytes: number;
}

export class Registry {
  constructor(
    private readonly http: HttpClient,
    private readonly login: RegistryLogin,
    private readonly context: RegistryContext,
  ) {}

  get what(): string {
    return this.context.what;
  }

  /** The answer, whatever its status but 401 and 403. Rejects with an OciError. */
  async send(request: RegistryRequest): Promise<HttpAnswer> {
    const { endpoint, access, loginKey } = this.context;
    const scope = `repository:${endpoint.repository}:${access}`;
    const key = [endpoint.origin, scope, loginKey].join(' ');
    const known = this.login.known(key);
    let answer = await this.ask(request, known);
    let shown = known;
    if (answer.status === 401) {
      const challenges = parseChallenges(answer.headers['www-authenticate']);
      shown = await this.inWords(this.login.answer({ ...this.context, ...endpoint, key, scope, challenges }));
      if (shown.header !== undefined) answer = await this.ask(request, shown);
    }
    if (answer.status === 401 || answer.status === 403) throw this.loginRefused(answer, shown);
    return answer;
  }

  /** What a 4xx or 5xx says. */
  refusal(answer: HttpAnswer): OciError {
    const said = errorsOf(answer)
      .map(({ code, message }) => [code, message].filter((part) => part !== '').join(': '))
      .join('; ');
    const words = `the registry answers ${answer.status}${said === '' ? '' : ` (${said})`}`;
    const kind = answer.status >= 500 || answer.status === 429 ? 'Transient' : 'UserError';
    return new OciError('registry', `${this.what}: ${words}`, { kind });
  }

  /** Of a 404 for a tag or digest: what is there instead. */
  async notFound(tag: string | undefined, answer: HttpAnswer): Promise<OciError> {
    const { repository, host } = this.context.endpoint;
    const tags = errorsOf(answer).some(({ code }) => code === 'NAME_UNKNOWN') ? undefined : await this.tags();
    if (tags === undefined) {
      const near = didYouMean(repository, await this.repositories());
      return new OciError('not-found', `${this.what}: there is no ${repository} at ${host}${near}`);
    }
    const missing = tag === undefined ? 'no manifest with this digest' : `no tag "${tag}"`;
    const near = tag === undefined ? '' : didYouMean(tag, tags);
    return new OciError('not-found', `${this.what}: ${repository} has ${missing}${near}${tagsInWords(tags)}`);
  }

  /** Undefined when the registry knows no such repository, or does not list. */
  async tags(): Promise<readonly string[] | undefined> {
    return this.list(`tags/list?n=${LISTED}`, 'tags');
  }

  /** Not part of the specification: only some registries list them. */
  private async repositories(): Promise<readonly string[]> {
    const { origin } = this.context.endpoint;
    return (await this.list(`${origin}/v2/_catalog?n=${LISTED}`, 'repositories')) ?? [];
  }

  private async list(path: string, field: string): Promise<readonly string[] | undefined> {
    try {
      const answer = await this.send({ method: 'GET', path, maxBytes: MAX_LIST_BYTES });
      const found = answer.status === 200 ? parseJsonObject(answer.body.toString('utf8'))?.[field] : undefined;
      return isJsonArray(found) ? found.filter((name) => typeof name === 'string') : undefined;
    } catch {
      // A list only makes a message better.
      return undefined;
    }
  }

  private ask(request: RegistryRequest, shown: Authorization | undefined): Promise<HttpAnswer> {
    const { endpoint, timeoutMs, signal } = this.context;
    const url = /^https?:/.test(request.path)
      ? request.path
      : `${endpoint.origin}/v2/${endpoint.repository}/${request.path}`;
    // Uploads may go elsewhere; the login does not.
    const isOwn = new URL(url).origin === endpoint.origin && shown?.header !== undefined;
    return this.inWords(
      this.http.send({
        method: request.method,
        url,
        headers: { ...request.headers, ...(isOwn ? { authorization: shown.header ?? '' } : {}) },
        maxBytes: Math.max(request.maxBytes, REFUSAL_BYTES),
        reachesLoopback: endpoint.isLoopback,
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  }

  private async inWords<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const { host } = this.context.endpoint;
      const isPlain = error.reason === 'tls' && isNoTls(networkFailure(error.cause).codes);
      const hint = isPlain ? `; ORK_OCI_PLAIN_HTTP=${host} allows to speak to it without TLS` : '';
      const reason = error.reason === 'too-large' ? 'too-large' : 'network';
      const { kind, message } = asOrkestraError(error);
      throw new OciError(reason, `${this.what}: ${message}${hint}`, { cause: error, kind });
    }
  }

  private loginRefused(answer: HttpAnswer, shown: Authorization | undefined): OciError {
    const { host } = this.context.endpoint;
    const refused =
      shown === undefined
        ? `the registry does not allow this (${answer.status})`
        : !shown.hasLogin
          ? `the registry wants a login: ${shown.inWords}; docker login ${host} makes one`
          : answer.status === 403
            ? `the registry does not allow this with the login that it got: ${shown.inWords}`
            : `the registry does not accept the login: ${shown.inWords}`;
    return new OciError('login', `${this.what}: ${refused}`);
  }
}

function errorsOf(answer: HttpAnswer): readonly { readonly code: string; readonly message: string }[] {
  const errors = parseJsonObject(answer.body.toString('utf8'))?.['errors'];
  if (!isJsonArray(errors)) return [];
  return errors.filter(isJsonObject).map(({ code, message }) => ({ code: shown(code), message: shown(message) }));
}

/** Words of a server, for a terminal. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ') : '';
}

function tagsInWords(tags: readonly string[]): string {
  if (tags.length === 0) return '; it has no tag';
  const last = [...tags].sort(VERSIONS.compare).slice(-SHOWN_TAGS);
  const others = tags.length > last.length ? ` and ${tags.length - last.length} more` : '';
  return `; it has ${last.map(shown).join(', ')}${others}`;
}
