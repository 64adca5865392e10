// One call: its address checked, its words for messages, its headers for each origin.
import { type HttpRequest } from './http.types';
import { HttpError } from './http.errors';

/** Nothing in them is a login, so that they go along wherever a redirect leads. */
const HARMLESS_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent'];

/** The address of a request; throws an HttpError when it is none that can be called. */
export function callableUrl(text: string, method: string): URL {
  const refuse = (shown: string, message: string): HttpError =>
    new HttpError({ reason: 'url', what: `${method} ${shown}`, message });
  if (!URL.canParse(text)) {
    throw refuse('(no address)', 'the text is no URL; expected one such as https://example.org/file');
  }
  const url = new URL(text);
  const shown = `${url.protocol}//${url.host}`;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse(shown, `addresses begin with https:// or http://, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse(shown, 'a login does not belong in an address, which is written to many places');
  }
  url.hash = '';
  return url;
}

/** `GET https://example.org/a.yaml`: what messages may show of a call. */
export function describeCall({ method, isPathSecret }: HttpRequest, url: URL): string {
  return `${method} ${url.origin}${isPathSecret === true ? '' : url.pathname}`;
}

/** The headers for a hop: those of the request go to its own origin only. */
export function headersFor(request: HttpRequest, userAgent: string, isOwnOrigin: boolean): Record<string, string> {
  const given = Object.entries({ 'user-agent': userAgent, ...request.headers });
  const kept = isOwnOrigin ? given : given.filter(([name]) => HARMLESS_HEADERS.includes(name));
  // What is asked for unpacked is counted as it comes.
  return { accept: '*/*', ...Object.fromEntries(kept), 'accept-encoding': 'identity' };
}

/** Where an answer sends the call on; undefined when it is the answer itself. */
export function redirectTarget(
  request: HttpRequest,
  from: URL,
  answer: { readonly status: number; readonly location: string | undefined },
): URL | undefined {
  const { status, location } = answer;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const follows = status === 307 || status === 308 || (isReading && [301, 302, 303].includes(status));
  if (!follows || location === undefined) return undefined;
  const refuse = (message: string): HttpError =>
    new HttpError({ reason: 'redirects', what: describeCall(request, from), message });
  if (!URL.canParse(location, from.href)) throw refuse('is sent on to what is no URL');
  const target = callableUrl(new URL(location, from).href, request.method);
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refuse(`is sent on from https to plain http at ${target.host}`);
  }
  if (!isReading && target.origin !== from.origin) {
    throw refuse(`is sent on to ${target.origin}; what is written goes to the address that was named only`);
  }
  return target;
}
