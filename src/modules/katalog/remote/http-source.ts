import { assertSuccess, isLoopbackHost } from '../../net';
import { type SourceFiles, type SourceRequest } from '../source/source-texts';
import { type FetchPorts } from './fetch-ports';
import { authorization } from './login';

const TIMEOUT_MS = 30_000;

/** The text behind a URL. Rejects with an HttpError that names time-out, status and address. */
export async function fetchHttp(
  { url, login }: Extract<SourceRequest, { kind: 'http' }>,
  { http, environment }: Pick<FetchPorts, 'http' | 'environment'>,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const headers = login === undefined ? undefined : { authorization: authorization(login, environment) };
  const answer = await http().send({
    method: 'GET',
    url,
    ...(headers === undefined ? {} : { headers }),
    timeoutMs: TIMEOUT_MS,
    signal,
    // Whoever writes a loopback address into a Katalog means it.
    reachesLoopback: isLoopbackHost(new URL(url).hostname),
  });
  assertSuccess(answer);
  return { container: url, texts: new Map([['', answer.body.toString('utf8')]]) };
}
