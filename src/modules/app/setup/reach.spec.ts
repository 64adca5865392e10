import { OrkestraError } from '../../common';
import { type ClusterConfig, type KubeApi, KubeApiError, KubeTransportError, type RawResponse } from '../../kube';
import { testAuthority } from '../../kube/testing/test-certificates';
import { reach } from './reach';

const REQUEST = { verb: 'get', what: 'get /version' };
const CLUSTER: ClusterConfig = {
  server: 'https://dev.example:6443',
  insecureSkipTlsVerify: false,
  contextName: 'dev',
  source: 'flag',
  token: 'token-that-nobody-may-see',
};

let asked: { path: string; timeoutMs: number | undefined }[];
let signal: AbortController;

beforeEach(() => {
  asked = [];
  signal = new AbortController();
});

function reaching(answer: () => Promise<RawResponse>, cluster: ClusterConfig = CLUSTER): Promise<void> {
  const api: Pick<KubeApi, 'raw'> = {
    raw: (path, options) => {
      asked.push({ path, timeoutMs: options?.timeoutMs });
      return answer();
    },
  };
  return reach(api as KubeApi, cluster, signal.signal);
}

async function message(work: Promise<void>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OrkestraError);
  expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', kind: 'UserError' });
  const said = (error as OrkestraError).message;
  expect(said).not.toContain(CLUSTER.token);
  return said;
}

const refused = (code: number, reason: string) => (): Promise<RawResponse> =>
  Promise.reject(new KubeApiError({ code, reason, message: reason, causes: [] }, REQUEST));
const broken = (reason: KubeTransportError['reason'], said: string) => (): Promise<RawResponse> =>
  Promise.reject(new KubeTransportError(REQUEST, reason, said));

it('asks once, shortly, for what every account may read', async () => {
  await reaching(() => Promise.resolve({ status: 200, headers: {}, body: '{}' }));
  expect(asked).toEqual([{ path: '/version', timeoutMs: 5_000 }]);
});

it('tells refused credentials with the context and what to do', async () => {
  expect(await message(reaching(refused(401, 'Unauthorized')))).toBe(
    'the API server https://dev.example:6443 refused the credentials of context "dev" (401 Unauthorized): ' +
      'they are wrong or expired; log in again or choose another context with --context',
  );
});

it('tells when the client certificate is over', async () => {
  const notAfter = new Date(Date.UTC(2020, 0, 2));
  const { cert } = testAuthority().issue('me', { notAfter, notBefore: new Date(Date.UTC(2020, 0, 1)) });
  expect(await message(reaching(refused(401, 'Unauthorized'), { ...CLUSTER, cert }))).toContain(
    ': the client certificate expired on 2020-01-02T00:00:00Z; log in again',
  );
});

it.each([
  ['is still good', testAuthority().issue('me').cert],
  ['can not be read', 'no certificate'],
])('does not blame a client certificate that %s', async (_how, cert) => {
  expect(await message(reaching(refused(401, 'Unauthorized'), { ...CLUSTER, cert }))).toContain(
    'they are wrong or expired',
  );
});

it.each([
  ['nobody listens', broken('refused', 'nobody listens at https://dev.example:6443')],
  ['the server refuses the path', refused(403, 'Forbidden')],
])('tells that it can not be reached when %s, with the reason', async (_how, answer) => {
  const reason = await answer().catch((error: Error) => error.message);
  expect(await message(reaching(answer))).toBe(`the API server of context "dev" can't be reached: ${String(reason)}`);
});

it('asks about the certificate authority when TLS failed', async () => {
  expect(await message(reaching(broken('tls', 'TLS failed')))).toMatch(
    /TLS failed; does certificate-authority of the kubeconfig belong to this server's certificate\?$/,
  );
});

it('is silent when it was stopped meanwhile', async () => {
  await reaching(() => {
    signal.abort();
    return Promise.reject(new KubeTransportError(REQUEST, 'aborted', 'stopped'));
  });
  expect(asked).toHaveLength(1);
});
