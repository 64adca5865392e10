// Certificates and keys of a kubeconfig: inline or in files, looked at before the first connection, because what TLS
// says about a bad one hours later helps nobody.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rfc3339 } from '../../common';
import { configError } from './config-error';
import { type Named, text } from './kubeconfig';

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** PEM text from inline base64 or from a file beside the kubeconfig; inline wins, as in kubectl. */
export function pemOf(entry: Named, key: string, owner: string): string | undefined {
  const inline = text(entry.value[`${key}-data`]);
  const file = text(entry.value[key]);
  if (inline !== undefined) return pem(Buffer.from(inline, 'base64').toString('utf8'), `${key}-data of ${owner}`);
  if (file === undefined) return undefined;
  const path = resolve(entry.folder, file);
  try {
    return pem(readFileSync(path, 'utf8'), `${key} ${path} of ${owner}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code.startsWith('CLUSTER_')) throw error;
    throw configError(`${key} ${path} of ${owner} cannot be read (${code})`);
  }
}

/** Both or none; refuses what TLS would refuse, and a certificate that is over. */
export function clientCertificate(
  cert: string | undefined,
  key: string | undefined,
  owner: string,
  now: number,
): ClientCertificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw configError(`${owner} has a client key without certificate`);
  if (key === undefined) throw configError(`${owner} has a client certificate without key`);
  const parsed = parse(() => new X509Certificate(cert), `the client certificate of ${owner} cannot be read`);
  const secret = parse(() => createPrivateKey(key), `the client key of ${owner} cannot be read; is it encrypted?`);
  if (!parsed.checkPrivateKey(secret)) throw configError(`the client key of ${owner} is not that of its certificate`);
  const expiresAt = Date.parse(parsed.validTo);
  if (now > expiresAt) {
    throw configError(
      `${owner}: the client certificate expired on ${rfc3339(expiresAt)}; log in again or choose another context with --context`,
    );
  }
  return { cert, key, expiresAt };
}

function pem(content: string, what: string): string {
  if (!content.includes('-----BEGIN ')) throw configError(`${what} is not PEM`);
  return content;
}

/** The library's words about a key are not passed on. */
function parse<T>(work: () => T, problem: string): T {
  try {
    return work();
  } catch {
    throw configError(problem);
  }
}
