// The logging port. One `event` name per line kind, fields beside it; secrets never get here (engine contract §9).

/** Lines below the level are dropped. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Facts beside the event name; no secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line for each call. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger that adds these fields to every line. */
  child(fields: LogFields): Logger;
}

/** Says nothing; for tests and tools. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
