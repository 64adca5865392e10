// The certificate that the gateway serves with. For now it comes from two files that the user mounts (TLS_CERT,
// TLS_KEY); issuing and rotating our own is not supported yet, and the gateway says so when neither is given.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OrkestraError } from '../common';

/** A checked pair of certificate and key. */
export interface ServingCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly subject: string;
  readonly expiresAt: Date;
}

/** Reads and checks a pair of PEM files. Throws a UserError when a file is unreadable or certificate and key do not match. */
export function readServingCertificate(certFile: string, keyFile: string): ServingCertificate {
  const certPem = readPem(certFile, 'TLS_CERT');
  const keyPem = readPem(keyFile, 'TLS_KEY');
  const certificate = parse(() => new X509Certificate(certPem), `TLS_CERT: ${certFile} holds no PEM certificate`);
  const key = parse(() => createPrivateKey(keyPem), `TLS_KEY: ${keyFile} holds no PEM private key`);
  if (!certificate.checkPrivateKey(key)) {
    throw invalid(`TLS_KEY: ${keyFile} is not the key of the certificate in ${certFile}`);
  }
  return { certPem, keyPem, subject: certificate.subject, expiresAt: new Date(certificate.validTo) };
}

function readPem(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid(`${variable}: cannot read ${file}`, error);
  }
}

function parse<T>(read: () => T, message: string): T {
  try {
    return read();
  } catch (error) {
    throw invalid(message, error);
  }
}

function invalid(message: string, cause?: unknown): OrkestraError {
  return new OrkestraError({ code: 'CERTIFICATE_INVALID', kind: 'UserError', message, cause });
}
