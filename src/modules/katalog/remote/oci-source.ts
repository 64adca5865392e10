import { formatReference, type OciLogin, parseReference } from '../../net';
import { type SourceFiles, type SourceLogin, type SourceRequest } from '../source/source-texts';
import { type FetchPorts } from './fetch-ports';
import { loginValues, type Variables } from './login';

/** The files of a package. Rejects with an OciError that names the reference and what is there instead. */
export async function fetchOci(
  { reference, login }: Extract<SourceRequest, { kind: 'oci' }>,
  { oci, environment }: Pick<FetchPorts, 'oci' | 'environment'>,
  signal: AbortSignal,
): Promise<SourceFiles> {
  const parsed = parseReference(reference);
  const options = login === undefined ? {} : { login: registryLogin(login, environment) };
  const { contents } = await oci().pull(parsed, { signal, ...options });
  return {
    container: formatReference(parsed),
    texts: new Map([...contents].map(([path, content]) => [path, content.toString('utf8')])),
  };
}

function registryLogin(login: SourceLogin, environment: Variables): OciLogin {
  const values = loginValues(login, environment);
  if ('username' in values) return values;
  return login.type === 'github'
    ? { username: 'x-access-token', password: values.token }
    : { bearerToken: values.token };
}
