// Which cluster, and how to log in (DESIGN decision 15): --kubeconfig, $KUBECONFIG, ~/.kube/config, in-cluster.
// Files with a token or a client certificate are read here; everything that needs code of others (exec plugins, auth
// providers) goes through client-node in a worker thread that ends, because that library costs 70 MB (decision 3).
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isJsonObject, OrkestraError } from '../../common';
import { type ClusterConfig, type ClusterSelection } from './cluster-config';
import { configError } from './config-error';
import { type CredentialsProblem } from './credentials.worker';
import { type CredentialsWorkerOptions, resolveInWorker } from './credentials-worker-host';
import { loginOnly, needsWorker, pluginOf } from './exec-plugin';
import {
  findKubeconfig,
  type FoundFiles,
  type Kubeconfig,
  type Named,
  named,
  readKubeconfig,
  text,
} from './kubeconfig';
import { clientCertificate, pemOf } from './tls-material';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Credentials that don't tell their end are resolved again at this pace. */
const REFRESH_MS = 5 * 60_000;
/** Credentials that do, so long before it. */
const AHEAD_MS = 60_000;

export interface ResolveOptions extends CredentialsWorkerOptions {
  /** Folder of the pod's service account. */
  readonly serviceAccount?: string;
  readonly now?: () => number;
}

/**
 * Resolves the cluster that was named, else where kubectl would look, else the one this pod runs in. May run an exec
 * plugin (up to a minute). Rejects with a UserError that says what was looked for and what to do; secrets are never in it.
 */
export async function resolveCluster(
  selection: ClusterSelection,
  environment: Readonly<Record<string, string | undefined>>,
  options: ResolveOptions = {},
): Promise<ClusterConfig> {
  const found = findKubeconfig(selection, environment);
  if (found === undefined) return inCluster(selection, environment, options.serviceAccount ?? SERVICE_ACCOUNT);
  const config = readKubeconfig(found.files);
  const contextName = selection.context ?? config.currentContext;
  if (contextName === undefined) {
    const files = found.files.join(', ');
    const known = [...config.contexts.keys()].join(', ');
    throw configError(
      known === ''
        ? `${files}: no context; is it a kubeconfig?`
        : `${files}: no current-context; name one with --context (${known})`,
    );
  }
  const context = named(config.contexts, contextName, `${found.files.join(', ')}: no context`);
  return fromContext(contextName, context, config, found, options);
}

function inCluster(
  selection: ClusterSelection,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): ClusterConfig {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  const tokenFile = join(folder, 'token');
  if (host === undefined || port === undefined || !existsSync(tokenFile)) {
    throw configError(
      'no cluster found: no --kubeconfig, no KUBECONFIG, no ~/.kube/config, and this is not a pod; name one with --kubeconfig <file>, ' +
        'or run without a cluster: ork run --dev',
    );
  }
  if (selection.context !== undefined) {
    throw configError(`no kubeconfig found, and a pod's service account has no context "${selection.context}"`);
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: ofServiceAccount(folder, 'ca.crt'),
    tokenFile,
    insecureSkipTlsVerify: false,
    contextName: 'in-cluster',
    namespace: ofServiceAccount(folder, 'namespace').trim(),
    source: 'in-cluster',
  };
}

function ofServiceAccount(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw configError(`${join(folder, file)} of the pod's service account cannot be read (${code ?? 'unknown'})`);
  }
}

async function fromContext(
  contextName: string,
  context: Named,
  config: Kubeconfig,
  found: FoundFiles,
  options: ResolveOptions,
): Promise<ClusterConfig> {
  const clusterName = text(context.value['cluster']) ?? '';
  const cluster = named(config.clusters, clusterName, `context "${contextName}" names an unknown cluster`);
  const namespace = text(context.value['namespace']);
  const base = {
    ...reach(cluster, `cluster "${clusterName}"`),
    contextName,
    ...(namespace === undefined ? {} : { namespace }),
    source: found.source,
  };
  const userName = text(context.value['user']);
  if (userName === undefined) return base;
  const user = named(config.users, userName, `context "${contextName}" names an unknown user`);
  return { ...base, ...(await login(user, cluster, `user "${userName}"`, options)) };
}

type Reach = Pick<ClusterConfig, 'server' | 'ca' | 'serverName' | 'insecureSkipTlsVerify'>;

function reach(cluster: Named, owner: string): Reach {
  const { value } = cluster;
  const ca = pemOf(cluster, 'certificate-authority', owner);
  const serverName = text(value['tls-server-name']);
  if (text(value['proxy-url']) !== undefined) {
    throw configError(`${owner} wants a proxy (proxy-url), which is not supported; use a context without one`);
  }
  return {
    server: serverOf(text(value['server']), owner),
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    insecureSkipTlsVerify: value['insecure-skip-tls-verify'] === true,
  };
}

/** The address stands in messages and logs: it must not carry a password. */
function serverOf(written: string | undefined, owner: string): string {
  const url = written !== undefined && URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw configError(`${owner} has no usable server address: it must be like https://host:port`);
  }
  if (url.username !== '' || url.password !== '') {
    throw configError(`${owner} has a user or password in its server address; put the credentials into the user`);
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

type Login = Pick<ClusterConfig, 'cert' | 'key' | 'token' | 'tokenFile' | 'expiresAt' | 'refreshAt'>;

async function login(user: Named, cluster: Named, owner: string, options: ResolveOptions): Promise<Login> {
  refuseUnknown(user, owner);
  const now = (options.now ?? Date.now)();
  if (needsWorker(user)) return fromWorker(user, cluster, owner, now, options);
  const certificate = clientCertificate(
    pemOf(user, 'client-certificate', owner),
    pemOf(user, 'client-key', owner),
    owner,
    now,
  );
  const token = text(user.value['token']);
  const tokenFile = text(user.value['tokenFile']);
  return {
    ...(certificate === undefined ? {} : expiring(certificate, now)),
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(user.folder, tokenFile) }),
  };
}

/** What would change who we are must not be passed over in silence. */
function refuseUnknown({ value }: Named, owner: string): void {
  if (text(value['username']) !== undefined) {
    throw configError(`${owner}: password login is gone from Kubernetes; use a token or a client certificate`);
  }
  const impersonation = Object.keys(value).find((key) => key === 'as' || key.startsWith('as-'));
  if (impersonation !== undefined) {
    throw configError(
      `${owner} impersonates somebody ("${impersonation}"), which is not supported; use a user of its own`,
    );
  }
}

async function fromWorker(
  user: Named,
  cluster: Named,
  owner: string,
  now: number,
  options: ResolveOptions,
): Promise<Login> {
  const kubeconfig = JSON.stringify(loginOnly(cluster, user, owner));
  const { resolved, problem } = await resolveInWorker({ kubeconfig }, options);
  if (problem !== undefined) throw refused(user, owner, problem);
  const { token, cert, key, expiresAt } = resolved;
  const certificate = clientCertificate(cert, key, owner, now);
  if (token === undefined && certificate === undefined) {
    throw credentialsError(`${owner}: ${sourceOf(user)} gave neither a token nor a client certificate`);
  }
  const ends = [expiresAt, certificate?.expiresAt].filter((end) => end !== undefined);
  const times = ends.length === 0 ? { refreshAt: now + REFRESH_MS } : expiring({ expiresAt: Math.min(...ends) }, now);
  return { ...(token === undefined ? {} : { token }), ...(certificate ?? {}), ...times };
}

function expiring<T extends { readonly expiresAt: number }>(credentials: T, now: number): T & { refreshAt: number } {
  const lifeMs = Math.max(0, credentials.expiresAt - now);
  return { ...credentials, refreshAt: credentials.expiresAt - Math.min(AHEAD_MS, lifeMs / 5) };
}

function refused(user: Named, owner: string, { reason, said }: CredentialsProblem): OrkestraError {
  const { installHint } = pluginOf(user);
  const source = sourceOf(user);
  switch (reason) {
    case 'not-found':
      return credentialsError(
        `${owner}: ${source} was not found${installHint === undefined ? '; is it installed and in PATH?' : `\n${installHint}`}`,
      );
    case 'unreadable':
      return credentialsError(`${owner}: ${source} did not print an ExecCredential`);
    case 'failed':
      return credentialsError(`${owner}: ${source} failed${said === '' ? ' without a word' : `: ${said}`}`);
    default:
      return reason satisfies never;
  }
}

function sourceOf(user: Named): string {
  const provider = user.value['auth-provider'];
  if (!isJsonObject(user.value['exec']) && isJsonObject(provider)) {
    return `the auth provider "${text(provider['name']) ?? ''}"`;
  }
  return `the plugin ${pluginOf(user).command ?? ''}`;
}

function credentialsError(message: string): OrkestraError {
  return new OrkestraError({ code: 'CLUSTER_CREDENTIALS', kind: 'UserError', message });
}
