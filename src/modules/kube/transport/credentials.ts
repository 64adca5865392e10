// The bearer token of the moment. Token files rotate and are read again each minute; exec credentials are resolved
// again when they expire; a 401 asks for new ones once.
import { readFileSync } from 'node:fs';
import { type Clock } from '../../common';
import { type ClusterConfig } from '../config';

const TOKEN_FILE_MS = 60_000;

export class Credentials {
  private readAt = Number.NEGATIVE_INFINITY;
  private header: string | undefined;
  private refreshing: Promise<void> | undefined;

  constructor(
    private config: ClusterConfig,
    private readonly clock: Clock,
    /** Resolves the configuration again; absent where that can't help. */
    private readonly resolveAgain?: () => Promise<ClusterConfig>,
  ) {}

  /** `Bearer ...`, or undefined when a client certificate logs in. */
  authorization(): string | undefined {
    const { token, tokenFile } = this.config;
    if (tokenFile !== undefined && this.clock.monotonicMs() - this.readAt > TOKEN_FILE_MS) {
      this.header = `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`;
      this.readAt = this.clock.monotonicMs();
    } else if (tokenFile === undefined) {
      this.header = token === undefined ? undefined : `Bearer ${token}`;
    }
    return this.header;
  }

  get isExpired(): boolean {
    return this.config.expiresAt !== undefined && this.clock.now() >= this.config.expiresAt;
  }

  get canRefresh(): boolean {
    return this.config.tokenFile !== undefined || this.resolveAgain !== undefined;
  }

  /** Single-flight. */
  refresh(): Promise<void> {
    this.refreshing ??= this.load().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async load(): Promise<void> {
    this.readAt = Number.NEGATIVE_INFINITY;
    if (this.resolveAgain !== undefined && this.config.tokenFile === undefined) this.config = await this.resolveAgain();
  }
}
