// Health of one CRD.
import { type Clock, formatDuration, rfc3339 } from '../../common';

export type CrdState = 'not started' | 'pending' | 'degraded' | 'healthy';

export class CrdHealth {
  private isStarted = false;
  private isPending = false;
  private isHealthy = false;
  private isMissing = false;
  private startedMs: number | undefined;
  private lastMs: number | undefined;
  private total = 0;
  private failed = 0;
  private consecutive = 0;
  private problem = '';

  constructor(
    private readonly threshold: number,
    private readonly clock: Clock,
  ) {}

  workersStarted(): void {
    this.isStarted = true;
    this.startedMs ??= this.clock.now();
    if (!this.isHealthy) this.isPending = true;
  }

  /** Leadership ended: the CRD is as before its start. */
  workersStopped(): void {
    this.isStarted = false;
    this.isPending = false;
    this.isHealthy = false;
    this.startedMs = undefined;
  }

  succeeded(): void {
    this.total++;
    this.consecutive = 0;
    this.lastMs = this.clock.now();
    // Passes for the objects that went with the CRD succeed, but they say nothing about it.
    if (this.isMissing) return;
    this.isHealthy = true;
    this.isPending = false;
  }

  failedWith(message: string): void {
    this.total++;
    this.failed++;
    this.consecutive++;
    this.lastMs = this.clock.now();
    this.problem = message;
    if (this.consecutive < this.threshold) return;
    this.isHealthy = false;
    this.isPending = false;
  }

  /** A pass that neither failed nor finished: it waits for something. */
  waited(): void {
    this.total++;
    this.lastMs = this.clock.now();
  }

  vanished(): void {
    this.isMissing = true;
    this.isHealthy = false;
    this.isPending = false;
    this.consecutive++;
    this.problem = this.isStarted ? 'CRD missing at runtime' : 'CRD is not served by the API server';
  }

  returned(): void {
    this.isMissing = false;
    this.consecutive = 0;
    if (this.isStarted && !this.isHealthy) this.isPending = true;
  }

  get state(): CrdState {
    if (!this.isStarted && !this.isPending) return 'not started';
    if (this.isPending) return 'pending';
    return this.isHealthy ? 'healthy' : 'degraded';
  }

  get httpStatus(): 200 | 503 {
    return this.state === 'pending' || this.state === 'healthy' ? 200 : 503;
  }

  get healthy(): boolean {
    return this.isHealthy;
  }

  get started(): boolean {
    return this.isStarted;
  }

  get pending(): boolean {
    return this.isPending;
  }

  get missing(): boolean {
    return this.isMissing;
  }

  get totalReconciles(): number {
    return this.total;
  }

  get consecutiveFails(): number {
    return this.consecutive;
  }

  get lastError(): string {
    return this.problem;
  }

  /** Percent of all passes since start. */
  get errorRate(): number {
    return this.total === 0 ? 0 : (this.failed / this.total) * 100;
  }

  get startedAt(): string {
    return this.startedMs === undefined ? 'not started' : rfc3339(this.startedMs);
  }

  get uptime(): string {
    return this.startedMs === undefined ? 'not started' : formatDuration(this.clock.now() - this.startedMs);
  }

  get lastReconcile(): string {
    if (this.lastMs !== undefined) return rfc3339(this.lastMs);
    return this.isStarted ? 'no reconciles yet' : 'not started';
  }
}
