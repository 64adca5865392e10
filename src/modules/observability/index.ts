/** L2: logs, metrics, probes. */
export { type LogFields, type Logger, type LogLevel, silentLogger } from './logger/logger';
