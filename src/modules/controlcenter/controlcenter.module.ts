import { Module } from '@nestjs/common';
import { ControlCenterController } from './api/controlcenter.controller';

/** The web UI over one or many runtimes. Only its process and probes exist yet; the page says so. */
@Module({ controllers: [ControlCenterController] })
export class ControlCenterModule {}
