// How a webhook is reached (apiserver's webhook validation): an https URL, or a Service.
import { goQuote, type JsonObject } from '../../../common';
import { type FieldCause, invalidCause, requiredCause } from '../../../schema';
import { numberAt, textAt } from '../../kinds';
import { subdomainProblems } from '../../selectors';

const FORM = '; desired format: https://host[/path]';

export function webhookUrlProblems(url: string, field: string): readonly FieldCause[] {
  const mistake = goUrlProblem(url);
  if (mistake !== undefined) return [requiredCause(field, `url must be a valid URL: ${mistake}${FORM}`)];
  const { scheme, host, user, fragment, query } = splitUrl(url);
  const problems: FieldCause[] = [];
  if (scheme !== 'https') problems.push(invalidCause(field, scheme, `'https' is the only allowed URL scheme${FORM}`));
  if (host === '') problems.push(invalidCause(field, host, `host must be specified${FORM}`));
  if (user !== undefined) problems.push(invalidCause(field, user, 'user information is not permitted in the URL'));
  if (fragment !== '') problems.push(invalidCause(field, fragment, 'fragments are not permitted in the URL'));
  if (query !== '') problems.push(invalidCause(field, query, 'query parameters are not permitted in the URL'));
  return problems;
}

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly user: string | undefined;
  readonly query: string;
  readonly fragment: string;
}

function splitUrl(url: string): UrlParts {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(url) ?? [];
  const [beforeFragment = '', ...fragments] = rest.split('#');
  const [place = '', ...queries] = beforeFragment.split('?');
  const authority = /^\/\/([^/]*)/.exec(place)?.[1] ?? '';
  const at = authority.lastIndexOf('@');
  return {
    scheme: scheme.toLowerCase(),
    host: authority.slice(at + 1),
    user: at < 0 ? undefined : authority.slice(0, at),
    query: queries.join('?'),
    fragment: fragments.join('#'),
  };
}

/** What Go's url.Parse refuses. */
function goUrlProblem(url: string): string | undefined {
  const refused = (why: string): string => `parse ${goQuote(url)}: ${why}`;
  if (/[\u0000-\u001f\u007f]/.test(url)) return `parse ${goQuote(url)}: net/url: invalid control character in URL`;
  if (url.startsWith(':')) return refused('missing protocol scheme');
  const { host } = splitUrl(url);
  const port = /:([^:\]]*)$/.exec(host)?.[1];
  const isHostBad = /[ "<>\\^`{|}]/.exec(host.replace(/:[^:\]]*$/, ''));
  if (isHostBad !== null) return refused(`invalid character ${goQuote(isHostBad[0])} in host name`);
  if (port !== undefined && !/^[0-9]*$/.test(port)) return refused(`invalid port ${goQuote(`:${port}`)} after host`);
  const escape = /%(?![0-9a-f]{2}).{0,2}/i.exec(url.split('?')[0] ?? '');
  return escape === null ? undefined : refused(`invalid URL escape ${goQuote(escape[0])}`);
}

/** A reference to a Service; its port is filled in before. */
export function serviceReferenceProblems(service: JsonObject, field: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (textAt(service, 'name') === '') problems.push(requiredCause(`${field}.name`));
  if (textAt(service, 'namespace') === '') problems.push(requiredCause(`${field}.namespace`));
  const port = numberAt(service, 'port') ?? 0;
  if (port < 1 || port > 65_535) {
    const detail = 'port is not valid: must be between 1 and 65535, inclusive';
    problems.push(invalidCause(`${field}.port`, port, detail));
  }
  const { path } = service;
  return typeof path === 'string' ? [...problems, ...pathProblems(path, `${field}.path`)] : problems;
}

function pathProblems(path: string, field: string): readonly FieldCause[] {
  if (path === '' || path === '/') return [];
  if (path === '//') return [invalidCause(field, path, 'segment[0] may not be empty')];
  const problems = path.startsWith('/') ? [] : [invalidCause(field, path, "must start with a '/'")];
  const steps = path.slice(1).replace(/\/$/, '').split('/');
  steps.forEach((step, index) => {
    if (step === '') problems.push(invalidCause(field, path, `segment[${index}] may not be empty`));
    else {
      problems.push(...subdomainProblems(step).map((text) => invalidCause(field, path, `segment[${index}]: ${text}`)));
    }
  });
  return problems;
}
