// Certificates for loopback TLS servers in specs: a small DER writer, so that no key is committed and no tool is needed.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority extends TestCertificate {
  /** Signs a certificate: for a server of 127.0.0.1 and localhost (and more names), or for a client. */
  issue(commonName: string, options?: IssueOptions): TestCertificate;
}

export interface IssueOptions {
  readonly dnsNames?: readonly string[];
  readonly notAfter?: Date;
  readonly notBefore?: Date;
}

const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
} as const;
const DAY_MS = 24 * 60 * 60_000;

export function testAuthority(commonName = 'test authority'): TestAuthority {
  const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = certificate({
    subject: commonName,
    issuer: commonName,
    publicKey: issuer.publicKey,
    signer: issuer.privateKey,
    isCa: true,
  });
  return {
    cert: own,
    key: pemKey(issuer.privateKey),
    issue(subject, options = {}) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const request = {
        subject,
        issuer: commonName,
        publicKey: pair.publicKey,
        signer: issuer.privateKey,
        isCa: false,
      };
      return { cert: certificate({ ...request, ...options }), key: pemKey(pair.privateKey) };
    },
  };
}

interface Request extends IssueOptions {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly isCa: boolean;
}

function certificate(request: Request): string {
  const { subject, issuer, publicKey, signer, isCa, dnsNames = [] } = request;
  const notBefore = request.notBefore ?? new Date(Date.now() - DAY_MS);
  const notAfter = request.notAfter ?? new Date(Date.now() + DAY_MS);
  const algorithm = seq(oid(OID.ecdsaWithSha256));
  const names = [
    der(0x87, Buffer.from([127, 0, 0, 1])),
    ...['localhost', ...dnsNames].map((name) => der(0x82, Buffer.from(name))),
  ];
  const extension = isCa
    ? seq(oid(OID.basicConstraints), der(0x01, Buffer.from([0xff])), octets(seq(der(0x01, Buffer.from([0xff])))))
    : seq(oid(OID.subjectAltName), octets(seq(...names)));
  const body = seq(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name(issuer),
    seq(utcTime(notBefore), utcTime(notAfter)),
    name(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, seq(extension)),
  );
  const signature = sign('sha256', body, signer);
  return pem('CERTIFICATE', seq(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature]))));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function seq(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

function name(commonName: string): Buffer {
  return seq(der(0x31, seq(oid(OID.commonName), der(0x0c, Buffer.from(commonName)))));
}

function utcTime(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

function pemKey(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
