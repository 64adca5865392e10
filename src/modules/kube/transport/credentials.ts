// How a request logs in at the moment. Token files rotate and are read again each minute; what was resolved (exec
// plugins, client certificates) is resolved again beside the work before it ends, before the next request when it is
// over, and once after a 401. A plugin that fails is not asked again at once, and what it gave before is kept: whether
// that still counts is for the server to say.
import { readFileSync } from 'node:fs';
import { asOrkestraError, type Clock, OrkestraError } from '../../common';
import { type ClusterConfig } from '../config';

const TOKEN_FILE_MS = 60_000;
/** Between two resolutions, whatever asks for them. */
const PACE_MS = 10_000;

export interface CredentialsOptions {
  readonly config: ClusterConfig;
  readonly clock: Clock;
  /** Resolves the configuration again; absent where that can't help. */
  readonly resolveAgain?: (() => Promise<ClusterConfig>) | undefined;
  /** Called with each new configuration. */
  readonly onRenewed?: (config: ClusterConfig) => void;
}

export class Credentials {
  private current: ClusterConfig;
  private version = 0;
  private readAt = Number.NEGATIVE_INFINITY;
  private fileHeader: string | undefined;
  private resolving: Promise<void> | undefined;
  private resolvedAt = Number.NEGATIVE_INFINITY;
  private problem: OrkestraError | undefined;

  constructor(private readonly options: CredentialsOptions) {
    this.current = options.config;
  }

  get config(): ClusterConfig {
    return this.current;
  }

  /** Changes when the credentials do: tells which ones a refused request carried. */
  get generation(): number {
    return this.version;
  }

  /** `Bearer ...`, or undefined when a client certificate logs in. Throws when a token file was never readable. */
  authorization(): string | undefined {
    const { token, tokenFile } = this.current;
    if (tokenFile === undefined) return token === undefined ? undefined : `Bearer ${token}`;
    if (this.options.clock.monotonicMs() - this.readAt > TOKEN_FILE_MS) this.readToken(tokenFile, token);
    return this.fileHeader;
  }

  /** Undefined: send. Else wait for it: the credentials are over. */
  ready(): Promise<void> | undefined {
    const { expiresAt, refreshAt } = this.current;
    const now = this.options.clock.now();
    if (!this.mayResolve) return undefined;
    if (expiresAt !== undefined && now >= expiresAt) return this.resolve();
    if (refreshAt !== undefined && now >= refreshAt) void this.resolve();
    return undefined;
  }

  /**
   * The server refused credentials of this generation (401): whether there are others now. Rejects with the reason when
   * they could not be resolved.
   */
  async renew(generation: number): Promise<boolean> {
    if (generation !== this.version) return true;
    const { tokenFile } = this.current;
    if (tokenFile !== undefined) {
      this.readToken(tokenFile, undefined);
    } else {
      if (!this.mayResolve && this.resolving === undefined) return false;
      await this.resolve();
      if (this.problem !== undefined) throw this.problem;
    }
    return generation !== this.version;
  }

  private get mayResolve(): boolean {
    return this.options.resolveAgain !== undefined && this.options.clock.monotonicMs() - this.resolvedAt >= PACE_MS;
  }

  /** Single-flight; never rejects. */
  private resolve(): Promise<void> {
    this.resolving ??= this.load().finally(() => {
      this.resolving = undefined;
      this.resolvedAt = this.options.clock.monotonicMs();
    });
    return this.resolving;
  }

  private async load(): Promise<void> {
    try {
      const renewed = await this.options.resolveAgain?.();
      this.problem = undefined;
      if (renewed === undefined) return;
      this.current = renewed;
      this.version++;
      this.options.onRenewed?.(renewed);
    } catch (error) {
      this.problem = unusable(asOrkestraError(error).message, error);
    }
  }

  private readToken(file: string, fallback: string | undefined): void {
    this.readAt = this.options.clock.monotonicMs();
    const token = read(file) ?? fallback;
    if (token === undefined) {
      if (this.fileHeader !== undefined) return;
      this.readAt = Number.NEGATIVE_INFINITY;
      throw unusable(`the token file ${file} cannot be read or is empty`);
    }
    const header = `Bearer ${token}`;
    if (header !== this.fileHeader) this.version++;
    this.fileHeader = header;
  }
}

/** Undefined: unreadable or empty, as in the moment when it is replaced. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function unusable(message: string, cause?: unknown): OrkestraError {
  return new OrkestraError({ code: 'CLUSTER_CREDENTIALS', kind: 'Transient', message, cause });
}
