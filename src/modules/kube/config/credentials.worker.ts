// Runs in a worker thread and ends: @kubernetes/client-node resolves exec plugins and auth providers to plain
// credentials. A build entry of its own, so that the main thread never loads that library.
import { isAbsolute, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { KubeConfig } from '@kubernetes/client-node';

export interface CredentialsRequest {
  readonly files: readonly string[];
  readonly contextName: string;
  /** Of the file that defines the user: a plugin with a relative path is looked for there, as kubectl does. */
  readonly folder: string;
}

export interface ResolvedCredentials {
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  readonly expiresAt?: number;
}

interface ExecPlugin {
  readonly apiVersion?: string;
  command?: string;
  env?: readonly { readonly name: string; readonly value: string }[];
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
}

/** For credentials that don't tell when they end. */
const REFRESH_MS = 5 * 60_000;
/** A plugin that hands out ended credentials must not be asked for every request. */
const SHORTEST_MS = 1_000;

async function resolveCredentials(request: CredentialsRequest): Promise<ResolvedCredentials> {
  const config = load(request);
  const plugin = config.getCurrentUser()?.exec as ExecPlugin | undefined;
  if (plugin !== undefined) prepare(plugin, config, request.folder);
  const options: { headers?: Record<string, string>; cert?: unknown; key?: unknown; ca?: unknown } = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
  } catch (error) {
    throw plugin === undefined ? error : pluginError(plugin, error);
  }
  const header = options.headers?.['Authorization'];
  const token = header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length) : undefined;
  if (plugin !== undefined && token === undefined && options.cert === undefined) {
    throw new Error(`the plugin ${plugin.command} gave neither a token nor a client certificate`);
  }
  return {
    ...(token === undefined ? {} : { token }),
    ...(options.cert === undefined ? {} : { cert: pem(options.cert) }),
    ...(options.key === undefined ? {} : { key: pem(options.key) }),
    expiresAt: Math.max(expiryOf(config) ?? Date.now() + REFRESH_MS, Date.now() + SHORTEST_MS),
  };
}

function load({ files, contextName }: CredentialsRequest): KubeConfig {
  const config = new KubeConfig();
  files.forEach((file, index) => {
    if (index === 0) config.loadFromFile(file);
    else {
      const more = new KubeConfig();
      more.loadFromFile(file);
      config.mergeConfig(more, true);
    }
  });
  config.setCurrentContext(contextName);
  return config;
}

/** What kubectl does for a plugin and the library does not. */
function prepare(plugin: ExecPlugin, config: KubeConfig, folder: string): void {
  const { command = '' } = plugin;
  if (command.includes('/') && !isAbsolute(command)) plugin.command = join(folder, command);
  const cluster = plugin.provideClusterInfo === true ? config.getCurrentCluster() : undefined;
  const spec = {
    interactive: false,
    ...(cluster == null
      ? {}
      : {
          cluster: {
            server: cluster.server,
            'insecure-skip-tls-verify': cluster.skipTLSVerify,
            ...(cluster.caData === undefined ? {} : { 'certificate-authority-data': cluster.caData }),
          },
        }),
  };
  const value = JSON.stringify({ apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec });
  plugin.env = [...(plugin.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value }];
}

/** What a plugin printed may hold a token, and so may the message of a parser: only its standard error is passed on. */
function pluginError({ command, installHint }: ExecPlugin, thrown: unknown): Error {
  if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') {
    return new Error(
      `the plugin ${command} was not found${installHint === undefined ? '' : `\n${installHint.trim()}`}`,
    );
  }
  if (thrown instanceof SyntaxError || thrown instanceof TypeError) {
    return new Error(`the plugin ${command} did not print an ExecCredential`);
  }
  const said = thrown instanceof Error ? thrown.message.trim() : '';
  return new Error(`the plugin ${command} failed${said === '' ? '' : `: ${said}`}`);
}

/** The library keeps the plugin's answer to itself; the expiry in it decides when the plugin is asked again. */
function expiryOf(config: KubeConfig): number | undefined {
  const { authenticators } = config as unknown as {
    readonly authenticators: readonly {
      readonly tokenCache?: Readonly<Record<string, { readonly status?: { readonly expirationTimestamp?: string } }>>;
    }[];
  };
  const name = config.getCurrentUser()?.name ?? '';
  for (const { tokenCache } of authenticators) {
    const expiry = Date.parse(tokenCache?.[name]?.status?.expirationTimestamp ?? '');
    if (Number.isFinite(expiry)) return expiry;
  }
  return undefined;
}

function pem(value: unknown): string {
  return Buffer.isBuffer(value) || value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

resolveCredentials(workerData as CredentialsRequest).then(
  (resolved) => parentPort?.postMessage({ resolved }),
  (error: unknown) => parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) }),
);
