// Whether Go's net/url would take a text as an absolute http or https URL with a host. The URL class of the platform
// repairs what it reads (blanks, slashes, default ports), so it can't tell.

/** Characters of a host name that need no escape there (RFC 3986 §3.2.2, as Go has it). */
const HOST = /^[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}]+$/u;
const USER = /^(?:[A-Za-z0-9\-._:~!$&'()*+,;=@]|%[0-9a-fA-F]{2})*$/;
const BRACKETED = /^\[[^\]]*\](?::[0-9]*)?$/;
const CONTROL = /[\x00-\x1f\x7f]/;
const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2})/;

export function isHttpUrl(text: string): boolean {
  if (CONTROL.test(text)) return false;
  const [beforeFragment = '', ...fragment] = text.split('#');
  if (BROKEN_ESCAPE.test(fragment.join('#'))) return false;
  const [beforeQuery = ''] = beforeFragment.split('?');
  const match = /^https?:\/\/([^/]*)(.*)$/is.exec(beforeQuery);
  if (match === null) return false;
  const [, authority = '', path = ''] = match;
  return !BROKEN_ESCAPE.test(path) && isAuthority(authority);
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !USER.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) return BRACKETED.test(host) && HOST.test(host);
  const colon = host.lastIndexOf(':');
  const name = colon < 0 ? host : host.slice(0, colon);
  const port = colon < 0 ? '' : host.slice(colon + 1);
  return name !== '' && HOST.test(name) && !name.includes(':') && !/[[\]]/.test(name) && /^[0-9]*$/.test(port);
}
