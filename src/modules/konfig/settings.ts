// Environment -> frozen, typed settings. Read once at boot; nobody reads process.env or string keys elsewhere.
import { existsSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { OrkestraError } from '../common';
import { Environment } from './environment.dto';
import { listOf, type OciSettings, ociOf, type OutboundSettings, outboundOf } from './outbound';

/** What the environment says, with defaults; frozen. Times in ms. */
export interface Settings {
  readonly environment: 'development' | 'staging' | 'production';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'human' | 'json';
  /** Live lines of what the operator does go to standard output; set by `ork run`. */
  readonly printsActivity: boolean;
  /** Holds the kubeconfig of the `ork run --dev` that started this process, which removes it when that was killed. */
  readonly runFolder: string | undefined;
  /** Namespace of our own objects: Lease, inventory. */
  readonly namespace: string;
  /** `isPortRequested`: the environment names it. Otherwise it is the default of the process, which may give way. */
  readonly http: { readonly host: string; readonly port: number; readonly isPortRequested: boolean };
  readonly kube: {
    readonly kubeconfig: string | undefined;
    readonly context: string | undefined;
    /** Where kubectl would look: KUBECONFIG, HOME, and what a pod is told. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Connections for requests (watches have their own). */
    readonly connections: number;
    /** Of one request to the API server; watches have none. */
    readonly requestTimeoutMs: number;
  };
  readonly clusterName: string | undefined;
  readonly lease: { readonly durationMs: number; readonly renewDeadlineMs: number; readonly retryPeriodMs: number };
  readonly katalogPaths: readonly string[];
  readonly defaults: {
    readonly resyncMs: number;
    readonly workers: number;
    /** 0 = unlimited. */
    readonly queueDepth: number;
    readonly failureThreshold: number;
  };
  readonly shutdown: { readonly drainMs: number; readonly graceMs: number };
  readonly gatewayEndpoint: string | undefined;
  /** Runtimes that the control center shows: `http://host:port`, without a trailing slash. */
  readonly runtimeUrls: readonly string[];
  readonly smtp: SmtpSettings | undefined;
  /** Serving certificate of the gateway; both variables or none. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Apply crdFile, crFiles and the cr.yaml beside the Katalog before starting (DESIGN decision 15: only when asked). */
  readonly appliesCr: boolean;
  readonly outbound: OutboundSettings;
  readonly oci: OciSettings;
  /** As they are, with secrets: for the credentials that a Katalog names, and for programs that this process starts. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Only with SMTP_HOST. The password is never logged. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly from: string;
}

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const CONTROLS = {
  port: 8080,
  leaseSeconds: 15,
  renewSeconds: 10,
  retrySeconds: 2,
  resyncSeconds: 30,
  workers: 3,
  failureThreshold: 5,
  drainSeconds: 30,
  graceSeconds: 60,
  connections: 16,
  requestSeconds: 30,
  smtpPort: 587,
  runtimeUrl: 'http://localhost:8080',
} as const;

/** Throws a UserError that names every variable that can't be read. `portDefault` differs by process. */
export function readSettings(
  variables: Readonly<Record<string, unknown>>,
  portDefault: number = CONTROLS.port,
): Settings {
  const environment = plainToInstance(Environment, variables);
  const problems = validateSync(environment, { skipMissingProperties: true });
  if (problems.length > 0) {
    const lines = problems.map(({ property, constraints }) => {
      const found = property === 'SMTP_PASS' ? 'not text' : JSON.stringify(variables[property]);
      return `${property} is ${found}: ${Object.values(constraints ?? {})[0] ?? ''}`;
    });
    throw new OrkestraError({
      code: 'ENVIRONMENT_INVALID',
      kind: 'UserError',
      message: `environment: ${lines.join('; ')}`,
    });
  }
  const settings = toSettings(environment, portDefault, variables);
  assertLease(settings);
  return Object.freeze(settings);
}

function toSettings(env: Environment, portDefault: number, variables: Readonly<Record<string, unknown>>): Settings {
  return {
    environment: environmentOf(env.ORK_ENV),
    logLevel: env.LOG_LEVEL ?? 'info',
    logFormat: logFormatOf(env),
    printsActivity: env.ORK_PRINT_ACTIVITY ?? false,
    runFolder: env.ORK_RUN_FOLDER,
    namespace: env.ORK_NAMESPACE ?? (existsSync(SERVICE_ACCOUNT_TOKEN) ? 'orkestra-system' : 'default'),
    http: {
      host: env.ORK_HOST ?? '0.0.0.0',
      port: env.ORK_PORT ?? portDefault,
      isPortRequested: env.ORK_PORT !== undefined,
    },
    kube: {
      kubeconfig: env.KUBEKONFIG,
      context: env.ORK_KUBE_CONTEXT,
      environment: clusterVariables(variables),
      connections: env.ORK_KUBE_CONNECTIONS ?? CONTROLS.connections,
      requestTimeoutMs: (env.ORK_REQUEST_TIMEOUT ?? CONTROLS.requestSeconds) * 1_000,
    },
    clusterName: env.CLUSTER_NAME,
    lease: {
      durationMs: (env.LEASE_DURATION ?? CONTROLS.leaseSeconds) * 1_000,
      renewDeadlineMs: (env.RENEW_DEADLINE ?? CONTROLS.renewSeconds) * 1_000,
      retryPeriodMs: (env.RETRY_PERIOD ?? CONTROLS.retrySeconds) * 1_000,
    },
    katalogPaths: listOf(env.KATALOG_PATH),
    defaults: {
      resyncMs: (env.DEFAULT_RESYNC ?? CONTROLS.resyncSeconds) * 1_000,
      workers: env.DEFAULT_WORKERS ?? CONTROLS.workers,
      queueDepth: env.QUEUE_DEPTH ?? 0,
      failureThreshold: env.FAILURE_THRESHOLD ?? CONTROLS.failureThreshold,
    },
    shutdown: {
      drainMs: (env.SHUTDOWN_TIMEOUT ?? CONTROLS.drainSeconds) * 1_000,
      graceMs: (env.SHUTDOWN_GRACE_PERIOD ?? CONTROLS.graceSeconds) * 1_000,
    },
    gatewayEndpoint: env.ORK_GATEWAY_ENDPOINT,
    runtimeUrls: runtimeUrlsOf(env.ORK_RUNTIME_URLS ?? CONTROLS.runtimeUrl),
    smtp: smtpOf(env),
    tls: tlsOf(env),
    appliesCr: env.ORK_APPLY_CR ?? false,
    outbound: outboundOf(env, variables),
    oci: ociOf(env),
    variables: Object.freeze(
      Object.fromEntries(
        Object.entries(variables).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
        ),
      ),
    ),
  };
}

/** Without a scheme it is `http://`; each once. */
function runtimeUrlsOf(text: string): readonly string[] {
  const urls = listOf(text).map((item) => {
    const url = /^[a-z][a-z+.-]*:\/\//i.test(item) ? item : `http://${item}`;
    const { protocol, username, password } = URL.canParse(url) ? new URL(url) : { protocol: '' };
    if (/^https?:$/.test(protocol) && !username && !password) return url.replace(/\/+$/, '');
    throw new OrkestraError({
      code: 'ENVIRONMENT_INVALID',
      kind: 'UserError',
      message: 'environment: ORK_RUNTIME_URLS: expected addresses such as http://localhost:8080, separated by commas',
    });
  });
  return [...new Set(urls)];
}

const CLUSTER_VARIABLES = ['KUBECONFIG', 'HOME', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'];

function clusterVariables(variables: Readonly<Record<string, unknown>>): Settings['kube']['environment'] {
  const texts = CLUSTER_VARIABLES.map((name) => [name, variables[name]] as const);
  return Object.fromEntries(texts.filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string'));
}

function assertLease(settings: Settings): void {
  const { durationMs, renewDeadlineMs, retryPeriodMs } = settings.lease;
  if (durationMs > renewDeadlineMs && renewDeadlineMs > retryPeriodMs) return;
  throw new OrkestraError({
    code: 'ENVIRONMENT_INVALID',
    kind: 'UserError',
    message:
      'environment: LEASE_DURATION must be longer than RENEW_DEADLINE, and that longer than RETRY_PERIOD; ' +
      `found ${durationMs / 1_000} s, ${renewDeadlineMs / 1_000} s, ${retryPeriodMs / 1_000} s`,
  });
}

function environmentOf(name: string | undefined): Settings['environment'] {
  switch (name?.toLowerCase()) {
    case 'uat':
    case 'staging':
      return 'staging';
    case 'live':
    case 'prod':
    case 'production':
      return 'production';
    default:
      return 'development';
  }
}

/** `auto` is JSON: a process that writes to a terminal is told so by `ork run`, its parent. */
function logFormatOf(env: Environment): Settings['logFormat'] {
  return env.ORK_LOG_FORMAT === 'human' ? 'human' : 'json';
}

function smtpOf(env: Environment): SmtpSettings | undefined {
  if (env.SMTP_HOST === undefined) return undefined;
  return {
    host: env.SMTP_HOST,
    port: env.SMTP_PORT ?? CONTROLS.smtpPort,
    user: env.SMTP_USER,
    password: env.SMTP_PASS,
    from: env.SMTP_FROM ?? `orkestra@${env.SMTP_HOST}`,
  };
}

function tlsOf(env: Environment): Settings['tls'] {
  const { TLS_CERT: certFile, TLS_KEY: keyFile } = env;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile === undefined && keyFile === undefined) return undefined;
  throw new OrkestraError({
    code: 'ENVIRONMENT_INVALID',
    kind: 'UserError',
    message: `environment: TLS_CERT and TLS_KEY go together; ${certFile === undefined ? 'TLS_CERT' : 'TLS_KEY'} is not set`,
  });
}
