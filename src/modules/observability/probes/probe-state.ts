/**
 * What the probes answer (spec: runtime §18.1). `startup` and `healthy` go one way (startup to true, healthy to false);
 * `ready` can come and go.
 */
export class ProbeState {
  private started = false;
  private readyReason: string | undefined = 'starting';
  private unhealthyReason: string | undefined;

  get startup(): boolean {
    return this.started;
  }

  /** Undefined when ready, else why not. */
  get notReady(): string | undefined {
    return this.readyReason;
  }

  /** Undefined when healthy, else why not. */
  get unhealthy(): string | undefined {
    return this.unhealthyReason;
  }

  markStarted(): void {
    this.started = true;
  }

  markReady(): void {
    this.readyReason = undefined;
  }

  markNotReady(reason: string): void {
    this.readyReason = reason;
  }

  markUnhealthy(reason: string): void {
    this.unhealthyReason = reason;
  }
}
