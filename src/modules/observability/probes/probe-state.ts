/**
 * What the probes answer. `startup` goes to true and stays, liveness goes to false and stays;
 * readiness is asked for each time.
 */
export class ProbeState {
  private started = false;
  private stopping = false;
  private unhealthyReason: string | undefined;
  private readonly readiness: (() => string | undefined)[] = [];

  get startup(): boolean {
    return this.started;
  }

  /** Undefined when ready, else why not. */
  get notReady(): string | undefined {
    if (this.stopping) return 'stopping';
    if (!this.started) return 'starting';
    for (const check of this.readiness) {
      const reason = check();
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Undefined when healthy, else why not. */
  get unhealthy(): string | undefined {
    return this.unhealthyReason;
  }

  /** Adds a condition of readiness: undefined when it holds, else the reason in words. */
  readyWhen(check: () => string | undefined): void {
    this.readiness.push(check);
  }

  markStarted(): void {
    this.started = true;
  }

  markStopping(): void {
    this.stopping = true;
  }

  markUnhealthy(reason: string): void {
    this.unhealthyReason = reason;
  }
}
