// Credentials of imports: a Katalog names variables, never values.
import { OrkestraError } from '../../common';
import { type SourceLogin } from '../source/source-texts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Throws a UserError that names the variable that is missing; a password may be empty. */
export function loginValues(
  login: SourceLogin,
  environment: Variables,
): { readonly username: string; readonly password: string } | { readonly token: string } {
  const needed = (name: string): string => {
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    const message = `the environment variable ${name} is not set: "auth" takes its credentials from there`;
    throw new OrkestraError({ code: 'SOURCE_LOGIN_MISSING', kind: 'UserError', message });
  };
  if (login.type !== 'basic') return { token: needed(login.fromEnv) };
  const password = login.passwordFromEnv === undefined ? '' : (environment[login.passwordFromEnv] ?? '');
  return { username: needed(login.usernameFromEnv), password };
}

/** Value of the Authorization header (RFC 7617, RFC 6750). `isGit`: GitHub takes tokens as passwords from Git. */
export function authorization(login: SourceLogin, environment: Variables, isGit = false): string {
  const values = loginValues(login, environment);
  if ('username' in values) return `Basic ${base64(`${values.username}:${values.password}`)}`;
  if (isGit && login.type === 'github') return `Basic ${base64(`x-access-token:${values.token}`)}`;
  return `Bearer ${values.token}`;
}

/** Messages and positions show an address without what may be a secret in it. */
export function withoutLogin(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@]*@/, '$1');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
