import { type LoggerService } from '@nestjs/common';
import { type Logger } from './logger';

/** Nest's own lines go to debug; its warnings and errors keep their level. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug('nest', { message: String(message), context });
  }

  debug(message: unknown, context?: string): void {
    this.log(message, context);
  }

  verbose(message: unknown, context?: string): void {
    this.log(message, context);
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn('nest', { message: String(message), context });
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.error('nest', { message: String(message), context: rest.at(-1) });
  }
}
