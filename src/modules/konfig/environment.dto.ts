// The environment variables that Orkestra reads, as they are written (docs/reference: environment). A value that can't
// be read is an error at start that names the variable, what was found and what is allowed: nobody has to find a silently
// ignored setting. The messages say what is allowed; settings.ts puts the rest in front.
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** An empty variable counts as not set, so that `ORK_NAMESPACE=""` in a manifest does no harm. */
const Text = (): PropertyDecorator => (target, key) => {
  IsOptional()(target, key);
  IsString()(target, key);
  Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))(target, key);
};

const Whole =
  (minimum: number, maximum: number): PropertyDecorator =>
  (target, key) => {
    const message = `expected a whole number from ${minimum} to ${maximum}`;
    IsOptional()(target, key);
    IsInt({ message })(target, key);
    Min(minimum, { message })(target, key);
    Max(maximum, { message })(target, key);
    Transform(({ value }: { value: unknown }) => (value === '' || value === undefined ? undefined : Number(value)))(
      target,
      key,
    );
  };

const Flag = (): PropertyDecorator => (target, key) => {
  IsOptional()(target, key);
  IsBoolean({ message: `expected one of ${[...TRUE, ...FALSE].join(', ')}` })(target, key);
  Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string' || value === '') return value === '' ? undefined : value;
    if (TRUE.includes(value)) return true;
    return FALSE.includes(value) ? false : value;
  })(target, key);
};

const OneOf =
  (...allowed: readonly string[]): PropertyDecorator =>
  (target, key) => {
    IsOptional()(target, key);
    IsIn(allowed, { message: `expected one of ${allowed.join(', ')}` })(target, key);
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))(target, key);
  };

const SECONDS_PER_DAY = 86_400;

export class Environment {
  @Text() ORK_ENV?: string;
  @OneOf('debug', 'info', 'warn', 'error') LOG_LEVEL?: 'debug' | 'info' | 'warn' | 'error';
  @OneOf('auto', 'human', 'json') ORK_LOG_FORMAT?: 'auto' | 'human' | 'json';
  @Text() ORK_NAMESPACE?: string;
  @Text() ORK_HOST?: string;
  @Whole(0, 65_535) ORK_PORT?: number;
  @Text() KUBEKONFIG?: string;
  @Text() KUBECONFIG?: string;
  @Text() ORK_KUBE_CONTEXT?: string;
  @Text() CLUSTER_NAME?: string;
  @Whole(1, SECONDS_PER_DAY) LEASE_DURATION?: number;
  @Whole(1, SECONDS_PER_DAY) RENEW_DEADLINE?: number;
  @Whole(1, SECONDS_PER_DAY) RETRY_PERIOD?: number;
  @Text() KATALOG_PATH?: string;
  @Whole(1, SECONDS_PER_DAY) DEFAULT_RESYNC?: number;
  @Whole(1, 50) DEFAULT_WORKERS?: number;
  @Whole(0, 10_000_000) QUEUE_DEPTH?: number;
  @Whole(1, 1_000_000) FAILURE_THRESHOLD?: number;
  @Whole(0, SECONDS_PER_DAY) SHUTDOWN_TIMEOUT?: number;
  @Whole(0, SECONDS_PER_DAY) SHUTDOWN_GRACE_PERIOD?: number;
  @Text() ORK_GATEWAY_ENDPOINT?: string;
  @Text() ORK_RUNTIME_URLS?: string;
  @Flag() ORK_PRINT_ACTIVITY?: boolean;
  @Text() ORK_RUN_FOLDER?: string;
  @Whole(1, 64) ORK_KUBE_CONNECTIONS?: number;
  @Whole(1, SECONDS_PER_DAY) ORK_REQUEST_TIMEOUT?: number;
  @Flag() ORK_APPLY_CR?: boolean;
  @Text() TLS_CERT?: string;
  @Text() TLS_KEY?: string;
  @Text() SMTP_HOST?: string;
  @Whole(1, 65_535) SMTP_PORT?: number;
  @Text() SMTP_USER?: string;
  @Text() SMTP_PASS?: string;
  @Text() SMTP_FROM?: string;
  @Text() ORK_HTTP_ALLOW?: string;
  @Text() ORK_HTTP_CA_FILE?: string;
  @Text() HTTP_PROXY?: string;
  @Text() HTTPS_PROXY?: string;
  @Text() NO_PROXY?: string;
  @Text() ORK_OCI_MIRRORS?: string;
  @Text() ORK_OCI_PLAIN_HTTP?: string;
  @Flag() ORK_OCI_OFFLINE?: boolean;
  @Text() ORK_OCI_CACHE?: string;
  @Text() XDG_CACHE_HOME?: string;
  @Text() DOCKER_CONFIG?: string;
}
