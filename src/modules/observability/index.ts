/** L2: logs, metrics, probes. */
export { type LogFields, type Logger, type LogLevel, silentLogger } from './logger/logger';
export { NestLogger } from './logger/nest-logger';
export { createLogger, type LoggerOptions } from './logger/pino-logger';
export { processRegistry } from './metrics/process-registry';
export { ObservabilityModule } from './observability.module';
export { LOGGER } from './observability.tokens';
export { ProbeState } from './probes/probe-state';
