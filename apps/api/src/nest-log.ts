import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages: its warnings and errors only, and without what requests carried. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }

  error(message: unknown): void {
    this.logger.error(message instanceof Error ? message.name : String(message));
  }

  fatal(message: unknown): void {
    this.logger.fatal(message instanceof Error ? message.name : String(message));
  }

  /** What Nest tells about its start is not for operators. */
  log(): void {}
}
