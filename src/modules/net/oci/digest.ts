// Digests name content (OCI image specification, descriptor.md). What does not match its digest is never used.
import { createHash } from 'node:crypto';

const SHA256 = /^sha256:[0-9a-f]{64}$/;
const ALGORITHM = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:/;

/** Undefined when the text is a digest that can be checked here; else why not. */
export function digestProblem(text: string): string | undefined {
  if (SHA256.test(text)) return undefined;
  if (text.startsWith('sha256:')) return 'a sha256 digest has 64 digits from 0-9a-f';
  return ALGORITHM.test(text)
    ? `digests of ${text.slice(0, text.indexOf(':'))} can't be checked here; expected sha256:<64 hexadecimal digits>`
    : 'expected sha256:<64 hexadecimal digits>';
}

/** `sha256:...` of these bytes. */
export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
