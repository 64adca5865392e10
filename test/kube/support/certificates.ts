// X.509 certificates for tests, made by hand: Node signs and makes keys, but it doesn't build certificates.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const DAY_MS = 24 * 3_600_000;
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  organization: '55040a',
  basicConstraints: '551d13',
  extendedKeyUsage: '551d25',
  clientAuth: '2b06010505070302',
} as const;

export interface Certificate {
  readonly pem: string;
  readonly keyPem: string;
}

export class CertificateAuthority implements Certificate {
  readonly pem: string;
  readonly keyPem: string;
  private readonly key: KeyObject;

  constructor(private readonly name: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = privateKey;
    this.keyPem = pemOfKey(privateKey);
    const isAuthority = extension(OID.basicConstraints, true, sequence(der(0x01, Buffer.from([0xff]))));
    this.pem = this.issue(subject(name), publicKey, new Date(Date.now() - DAY_MS), new Date(Date.now() + DAY_MS), [
      isAuthority,
    ]);
  }

  /** A client certificate: the API server reads the user from the common name and the group from the organization. */
  client(user: string, group: string, expires = new Date(Date.now() + DAY_MS)): Certificate {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forClients = extension(OID.extendedKeyUsage, false, sequence(oid(OID.clientAuth)));
    const pem = this.issue(subject(user, group), publicKey, new Date(Date.now() - DAY_MS), expires, [forClients]);
    return { pem, keyPem: pemOfKey(privateKey) };
  }

  private issue(to: Buffer, publicKey: KeyObject, from: Date, until: Date, extensions: readonly Buffer[]): string {
    const algorithm = sequence(oid(OID.ecdsaWithSha256));
    const body = sequence(
      der(0xa0, integer(Buffer.from([2]))),
      integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      algorithm,
      subject(this.name),
      sequence(time(from), time(until)),
      to,
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(...extensions)),
    );
    const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, this.key)]));
    return pem('CERTIFICATE', sequence(body, algorithm, signature));
  }
}

function subject(commonName: string, organization?: string): Buffer {
  const attribute = (type: string, text: string): Buffer =>
    der(0x31, sequence(oid(type), der(0x0c, Buffer.from(text))));
  const group = organization === undefined ? [] : [attribute(OID.organization, organization)];
  return sequence(...group, attribute(OID.commonName, commonName));
}

function extension(type: string, isCritical: boolean, value: Buffer): Buffer {
  return sequence(oid(type), ...(isCritical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function integer(value: Buffer): Buffer {
  return der(0x02, value);
}

function sequence(...items: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(items));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pemOfKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
