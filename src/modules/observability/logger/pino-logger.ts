// pino behind the Logger port. One line a fact: `event` first, then fields. JSON lines on standard error, or words for
// people when the parent process has a terminal.
import pino, { type DestinationStream, type Logger as Pino } from 'pino';
import pc from 'picocolors';
import { LineBuffer } from './line-buffer';
import { type LogFields, type Logger, type LogLevel } from './logger';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: 'human' | 'json';
  readonly process: string;
  /** Where lines go; default standard error. */
  readonly write?: (line: string, isUrgent: boolean) => void;
}

export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? bufferedStandardError();
  const destination: DestinationStream = {
    write: (line) => write(options.format === 'human' ? humanLine(line) : line, URGENT.test(line)),
  };
  const root = pino(
    {
      level: options.level,
      base: { process: options.process },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'event',
    },
    destination,
  );
  return new PinoLogger(root);
}

const URGENT = /^\{"level":"(warn|error)"/;

function bufferedStandardError(): (line: string, isUrgent: boolean) => void {
  const buffer = new LineBuffer((text) => void process.stderr.write(text));
  process.once('exit', () => buffer.flush());
  return (line, isUrgent) => buffer.push(line, isUrgent);
}

class PinoLogger implements Logger {
  constructor(private readonly target: Pino) {}

  debug(event: string, fields: LogFields = {}): void {
    this.target.debug(fields, event);
  }

  info(event: string, fields: LogFields = {}): void {
    this.target.info(fields, event);
  }

  warn(event: string, fields: LogFields = {}): void {
    this.target.warn(fields, event);
  }

  error(event: string, fields: LogFields = {}): void {
    this.target.error(fields, event);
  }

  child(fields: LogFields): Logger {
    return new PinoLogger(this.target.child(fields));
  }
}

const COLOUR: Readonly<Record<string, (text: string) => string>> = {
  debug: pc.dim,
  info: pc.cyan,
  warn: pc.yellow,
  error: pc.red,
};
/** A template's line and a caret below it: they mean something only as lines of their own. */
const LINES = 'excerpt';
const HIDDEN = new Set(['level', 'time', 'event', 'process', LINES]);

/** `12:04:05 warn  crd.missing crd=website`: a JSON line of pino for human eyes. */
function humanLine(line: string): string {
  const record = JSON.parse(line) as Record<string, unknown>;
  const level = String(record['level']);
  const fields = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${pc.dim(`${key}=`)}${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const time = String(record['time']).slice(11, 19);
  const lines = typeof record[LINES] === 'string' ? pc.dim(record[LINES]) : '';
  const colour = COLOUR[level] ?? ((text: string): string => text);
  return `${pc.dim(time)} ${colour(level.padEnd(5))} ${String(record['event'])} ${fields.join(' ')}${lines}\n`;
}
