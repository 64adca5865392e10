// The client that the settings describe.
import { readFileSync } from 'node:fs';
import { OrkestraError } from '../../common';
import { type OutboundSettings } from '../../konfig';
import { AddressGuard } from './address-guard';
import { HttpClient } from './http-client';

/** `userAgent`: `orkestra/<version> (<process>)`. Throws a UserError when the file of authorities can't be read. */
export function outboundClient({ allow, caFile, proxies }: OutboundSettings, userAgent: string): HttpClient {
  const trust = caFile === undefined ? {} : { caPem: authorities(caFile) };
  return new HttpClient({ userAgent, guard: new AddressGuard(allow), proxies, ...trust });
}

function authorities(file: string): string {
  const refuse = (why: string, cause?: unknown): OrkestraError =>
    new OrkestraError({
      code: 'ENVIRONMENT_INVALID',
      kind: 'UserError',
      message: `environment: ORK_HTTP_CA_FILE: ${why}`,
      cause,
    });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw refuse(`${file} can't be read (${(error as NodeJS.ErrnoException).code ?? ''})`, error);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw refuse(`${file} has no certificate in PEM`);
  return text;
}
