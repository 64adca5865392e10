// Probes through terminus. The check functions throw what terminus turns into 503; liveness answers 500 by contract
// (docs/guide/http-api.md), so it is written out.
import { Controller, Get, HttpCode, InternalServerErrorException } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ProbeState } from './probe-state';

@Controller()
export class ProbesController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly state: ProbeState,
  ) {}

  @Get('startup')
  @HealthCheck()
  startup(): Promise<HealthCheckResult> {
    return this.health.check([() => this.report('startup', this.state.startup ? undefined : 'starting')]);
  }

  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.report('ready', this.state.notReady)]);
  }

  @Get(['health', 'livez'])
  @HttpCode(200)
  liveness(): { readonly status: string } {
    const reason = this.state.unhealthy;
    if (reason !== undefined) throw new InternalServerErrorException({ status: reason });
    return { status: 'ok' };
  }

  private report(
    key: string,
    problem: string | undefined,
  ): ReturnType<ReturnType<HealthIndicatorService['check']>['up']> {
    const indicator = this.indicators.check(key);
    return problem === undefined ? indicator.up() : (indicator.down({ reason: problem }) as never);
  }
}
