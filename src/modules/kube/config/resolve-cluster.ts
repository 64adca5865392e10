// Which cluster, and how to log in (DESIGN decision 15): --kubeconfig, $KUBECONFIG, ~/.kube/config, in-cluster.
// Files with a token or a client certificate are read here; everything that needs code of others (exec plugins, auth
// providers) goes through client-node in a worker thread that ends, because that library costs 70 MB (decision 3).
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { didYouMean, isJsonObject, type JsonObject, type JsonValue, OrkestraError } from '../../common';
import { type ClusterConfig, type ClusterSelection } from './cluster-config';
import { resolveInWorker } from './credentials-worker-host';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Rejects with a UserError that says what was looked for and what to do. */
export async function resolveCluster(
  selection: ClusterSelection,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ClusterConfig> {
  const found = findKubeconfig(selection, environment);
  if (found === undefined) return inCluster(environment);
  const config = mergeFiles(found.files);
  const contextName = selection.context ?? text(config.currentContext);
  if (contextName === undefined || contextName === '') {
    throw invalid(`${found.files.join(', ')}: no current-context; name one with --context (${names(config.contexts)})`);
  }
  const context = config.contexts.get(contextName);
  if (context === undefined) {
    throw invalid(
      `${found.files.join(', ')}: no context "${contextName}"${didYouMean(contextName, config.contexts.keys())}; there are ${names(config.contexts)}`,
    );
  }
  return fromContext(contextName, context, config, found);
}

interface Found {
  readonly files: readonly string[];
  readonly source: ClusterConfig['source'];
}

function findKubeconfig(
  selection: ClusterSelection,
  environment: Readonly<Record<string, string | undefined>>,
): Found | undefined {
  if (selection.kubeconfig !== undefined) {
    const file = resolve(selection.kubeconfig);
    if (!existsSync(file)) throw invalid(`kubeconfig ${file}: no such file`);
    return { files: [file], source: 'flag' };
  }
  const listed = (environment['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '' && existsSync(path));
  if (listed.length > 0) return { files: listed.map((path) => resolve(path)), source: 'KUBECONFIG' };
  const home = join(environment['HOME'] ?? homedir(), '.kube', 'config');
  return existsSync(home) ? { files: [home], source: 'home' } : undefined;
}

function inCluster(environment: Readonly<Record<string, string | undefined>>): ClusterConfig {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  const tokenFile = join(SERVICE_ACCOUNT, 'token');
  if (host === undefined || port === undefined || !existsSync(tokenFile)) {
    throw invalid(
      'no cluster found: no --kubeconfig, no KUBECONFIG, no ~/.kube/config, and this is not a pod; name one with --kubeconfig <file>',
    );
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: readFileSync(join(SERVICE_ACCOUNT, 'ca.crt'), 'utf8'),
    tokenFile,
    insecureSkipTlsVerify: false,
    contextName: 'in-cluster',
    namespace: readFileSync(join(SERVICE_ACCOUNT, 'namespace'), 'utf8').trim(),
    source: 'in-cluster',
  };
}

// ---- kubeconfig

interface Named {
  readonly value: JsonObject;
  /** Relative paths count from the folder of the file. */
  readonly folder: string;
}

interface MergedConfig {
  readonly clusters: ReadonlyMap<string, Named>;
  readonly users: ReadonlyMap<string, Named>;
  readonly contexts: ReadonlyMap<string, Named>;
  readonly currentContext: JsonValue | undefined;
}

/** As kubectl merges several files: the first definition of a name wins, the first current-context too. */
function mergeFiles(files: readonly string[]): MergedConfig {
  const merged = {
    clusters: new Map<string, Named>(),
    users: new Map<string, Named>(),
    contexts: new Map<string, Named>(),
  };
  let currentContext: JsonValue | undefined;
  for (const file of files) {
    const config = readConfig(file);
    const folder = dirname(file);
    collect(config['clusters'], 'cluster', folder, merged.clusters);
    collect(config['users'], 'user', folder, merged.users);
    collect(config['contexts'], 'context', folder, merged.contexts);
    currentContext ??= config['current-context'] === '' ? undefined : config['current-context'];
  }
  return { ...merged, currentContext };
}

function readConfig(file: string): JsonObject {
  let config: unknown;
  try {
    config = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw invalid(
      code === undefined
        ? `kubeconfig ${file}: not YAML (${firstLine((error as Error).message)})`
        : `kubeconfig ${file}: cannot be read (${code})`,
    );
  }
  if (!isJsonObject(config)) throw invalid(`kubeconfig ${file}: not a kubeconfig`);
  return config;
}

function collect(list: JsonValue | undefined, key: string, folder: string, into: Map<string, Named>): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    if (!isJsonObject(item) || typeof item['name'] !== 'string') continue;
    const value = item[key];
    if (!into.has(item['name']) && isJsonObject(value)) into.set(item['name'], { value, folder });
  }
}

async function fromContext(
  contextName: string,
  context: Named,
  config: MergedConfig,
  found: Found,
): Promise<ClusterConfig> {
  const clusterName = text(context.value['cluster']) ?? '';
  const userName = text(context.value['user']) ?? '';
  const cluster = config.clusters.get(clusterName);
  if (cluster === undefined) {
    throw invalid(`context "${contextName}" names the cluster "${clusterName}", which is not defined`);
  }
  const server = text(cluster.value['server'])?.replace(/\/+$/, '');
  if (server === undefined || !/^https?:\/\//.test(server)) {
    throw invalid(`cluster "${clusterName}" has no usable server address`);
  }
  const user = config.users.get(userName);
  const namespace = text(context.value['namespace']);
  const ca = material(cluster, 'certificate-authority', 'certificate-authority-data');
  const serverName = text(cluster.value['tls-server-name']);
  const base = {
    server,
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    insecureSkipTlsVerify: cluster.value['insecure-skip-tls-verify'] === true,
    contextName,
    ...(namespace === undefined ? {} : { namespace }),
    source: found.source,
  };
  if (user === undefined) return base;
  if (isJsonObject(user.value['exec']) || isJsonObject(user.value['auth-provider'])) {
    return { ...base, ...(await resolveInWorker({ files: found.files, contextName, folder: user.folder })) };
  }
  return { ...base, ...credentials(user, userName) };
}

function credentials(user: Named, userName: string): Partial<ClusterConfig> {
  const cert = material(user, 'client-certificate', 'client-certificate-data');
  const key = material(user, 'client-key', 'client-key-data');
  if ((cert === undefined) !== (key === undefined)) {
    throw invalid(
      `user "${userName}" has a client ${cert === undefined ? 'key without certificate' : 'certificate without key'}`,
    );
  }
  const token = text(user.value['token']);
  const tokenFile = text(user.value['tokenFile']);
  if (text(user.value['username']) !== undefined) {
    throw invalid(`user "${userName}": password login is gone from Kubernetes; use a token or a client certificate`);
  }
  return {
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(user.folder, tokenFile) }),
  };
}

/** PEM text from inline base64 or from a file beside the kubeconfig. */
function material(named: Named, fileKey: string, dataKey: string): string | undefined {
  const data = text(named.value[dataKey]);
  if (data !== undefined && data !== '') return Buffer.from(data, 'base64').toString('utf8');
  const file = text(named.value[fileKey]);
  if (file === undefined || file === '') return undefined;
  const path = resolve(named.folder, file);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw invalid(`${fileKey} ${path} of the kubeconfig cannot be read`);
  }
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function names(map: ReadonlyMap<string, Named>): string {
  return map.size === 0 ? 'it defines none' : [...map.keys()].join(', ');
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function invalid(message: string): OrkestraError {
  return new OrkestraError({ code: 'CLUSTER_CONFIG', kind: 'UserError', message });
}
