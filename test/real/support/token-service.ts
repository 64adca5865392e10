// The service that gives tokens for a registry, as the distribution project describes it: JSON web tokens for a scope,
// signed with a key whose certificate the registry trusts.
import { randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { loopbackCertificate, type LoopbackCertificate } from '../../../src/modules/net';

const LIFE_S = 300;

export class TokenService {
  /** `<login or "nobody"> <scope>` of each request. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly certificate: LoopbackCertificate,
  ) {}

  /** Gives everybody the right to pull, and to push to whoever logs in with `login` (`name:password`). */
  static async start(login: string): Promise<TokenService> {
    const certificate = await loopbackCertificate('tokens', Date.now());
    const server = createServer((request, response) => made.serve(request, response, login));
    const made = new TokenService(server, certificate);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get realm(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  /** PEM of what the registry has to trust. */
  get authority(): string {
    return this.certificate.caPem;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(request: IncomingMessage, response: ServerResponse, login: string): void {
    const { searchParams } = new URL(request.url ?? '', this.realm);
    const scope = searchParams.get('scope') ?? '';
    const given = request.headers.authorization?.replace(/^Basic /, '');
    const who = given === undefined ? 'nobody' : Buffer.from(given, 'base64').toString();
    this.asked.push(`${who.split(':')[0]} ${scope}`);
    if (who !== 'nobody' && who !== login) {
      response.writeHead(401).end();
      return;
    }
    const [, type = '', name = '', actions = ''] = /^([^:]+):(.+):([^:]+)$/.exec(scope) ?? [];
    const allowed = actions.split(',').filter((action) => action === 'pull' || who === login);
    const token = this.token(searchParams.get('service') ?? '', [{ type, name, actions: allowed }]);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token, expires_in: LIFE_S }));
  }

  private token(audience: string, access: readonly object[]): string {
    const now = Math.floor(Date.now() / 1_000);
    const der = this.certificate.certPem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
    const header = { typ: 'JWT', alg: 'ES256', x5c: [der] };
    const claims = {
      iss: 'tests',
      sub: '',
      aud: audience,
      exp: now + LIFE_S,
      nbf: now - 60,
      iat: now,
      jti: randomUUID(),
      access,
    };
    const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const key = { key: this.certificate.keyPem, dsaEncoding: 'ieee-p1363' as const };
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  }
}
