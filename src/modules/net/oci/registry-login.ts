// What a registry is shown when it asks who is there: a Basic login, or a token that an authorisation service gives for
// one scope (the token flow of the distribution project, with anonymous tokens for what is public).
import { type Clock, isJsonObject, parseJsonObject } from '../../common';
import { type HttpClient } from '../http';
import { type Challenge } from './challenge';
import { type LoginLookup, type OciLogin } from './login.types';
import { OciError } from './oci.errors';

/** Of a token that does not say (token specification). */
const DEFAULT_LIFE_S = 60;
/** A token is not used in its last moments. */
const MARGIN_MS = 10_000;
const MAX_TOKEN_BYTES = 1_024 * 1_024;

export interface LoginRequest {
  /** Of what is kept: the scope, and who asks. */
  readonly key: string;
  /** `repository:team/website:pull` */
  readonly scope: string;
  readonly challenges: readonly Challenge[];
  readonly lookup: () => Promise<LoginLookup>;
  /** The registry is spoken to without TLS, or on loopback: so may the service that it names. */
  readonly isPlain: boolean;
  readonly isLoopback: boolean;
  /** The reference, for messages. */
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

/** A value of the header Authorization, and where its login came from. */
export interface Authorization {
  readonly header: string | undefined;
  /** Otherwise it is what everybody gets. */
  readonly hasLogin: boolean;
  readonly inWords: string;
}

interface Kept extends Authorization {
  readonly endsAt: number;
}

export class RegistryLogin {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  /** What was got for this key before, while it is good. */
  known(key: string): Authorization | undefined {
    const kept = this.kept.get(key);
    return kept !== undefined && kept.endsAt > this.clock.monotonicMs() ? kept : undefined;
  }

  /** Answers a 401. A header that is undefined: there is nothing to show. Rejects with an OciError or an HttpError. */
  async answer(request: LoginRequest): Promise<Authorization> {
    this.kept.delete(request.key);
    const { login, inWords } = await request.lookup();
    const words = { hasLogin: login !== undefined, inWords };
    const bearer = request.challenges.find(({ scheme }) => scheme === 'bearer');
    const takesBasic = request.challenges.some(({ scheme }) => scheme === 'basic');
    if (login !== undefined && 'bearerToken' in login && (bearer !== undefined || takesBasic)) {
      return this.keep(request.key, { header: `Bearer ${login.bearerToken}`, ...words }, Infinity);
    }
    if (bearer !== undefined) return this.token(request, bearer, login, words);
    if (!takesBasic) {
      const schemes = request.challenges.map(({ scheme }) => scheme).join(', ') || 'nothing';
      throw new OciError(
        'login',
        `${request.what}: the registry wants a login of a kind that is not known (${schemes})`,
      );
    }
    const header = login !== undefined && 'username' in login ? basic(login) : undefined;
    return header === undefined ? { header, ...words } : this.keep(request.key, { header, ...words }, Infinity);
  }

  private async token(
    request: LoginRequest,
    { parameters }: Challenge,
    login: OciLogin | undefined,
    words: Pick<Authorization, 'hasLogin' | 'inWords'>,
  ): Promise<Authorization> {
    const { scope, what, isLoopback, signal } = request;
    const realm = this.realm(parameters['realm'], request);
    const query = new URLSearchParams({ scope: scopeFor(scope, parameters['scope']) });
    if (parameters['service'] !== undefined) query.set('service', parameters['service']);
    const common = {
      maxBytes: MAX_TOKEN_BYTES,
      reachesLoopback: isLoopback,
      ...(signal === undefined ? {} : { signal }),
    };
    const isIdentity = login !== undefined && 'identityToken' in login;
    if (isIdentity) {
      query.set('grant_type', 'refresh_token');
      query.set('client_id', 'orkestra');
      query.set('refresh_token', login.identityToken);
    } else {
      for (const [name, value] of query) realm.searchParams.append(name, value);
    }
    const answer = await this.http.send({
      ...common,
      method: isIdentity ? 'POST' : 'GET',
      url: realm.href,
      headers: isIdentity
        ? { 'content-type': 'application/x-www-form-urlencoded' }
        : login !== undefined && 'username' in login
          ? { authorization: basic(login) }
          : {},
      ...(isIdentity ? { body: query.toString() } : {}),
    });
    if (answer.status === 400 || answer.status === 401 || answer.status === 403) return { header: undefined, ...words };
    const document = answer.status === 200 ? parseJsonObject(answer.body.toString('utf8')) : undefined;
    const token = document?.['token'] ?? document?.['access_token'];
    if (!isJsonObject(document) || typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
      throw new OciError('registry', `${what}: ${realm.origin} gives no token (answer ${answer.status})`);
    }
    const life = document['expires_in'];
    const seconds = typeof life === 'number' && life > 0 ? life : DEFAULT_LIFE_S;
    return this.keep(request.key, { header: `Bearer ${token}`, ...words }, seconds * 1_000 - MARGIN_MS);
  }

  /** The service that gives tokens; a login is not sent to it less protected than to the registry. */
  private realm(text: string | undefined, { what, isPlain }: LoginRequest): URL {
    const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
    const isGood = url !== undefined && (url.protocol === 'https:' || (isPlain && url.protocol === 'http:'));
    if (isGood && url.username === '') return url;
    throw new OciError('registry', `${what}: the registry names no address that tokens can be had from over TLS`);
  }

  private keep(key: string, made: Authorization, lifeMs: number): Authorization {
    this.kept.set(key, { ...made, endsAt: this.clock.monotonicMs() + lifeMs });
    return made;
  }
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** A registry asks for the right to what it was just asked for; the rest of the work needs more of the same repository. */
function scopeFor(own: string, asked: string | undefined): string {
  const resource = own.slice(0, own.lastIndexOf(':') + 1);
  return asked === undefined || asked.startsWith(resource) ? own : asked;
}
