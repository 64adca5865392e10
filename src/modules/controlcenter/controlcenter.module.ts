import { Module } from '@nestjs/common';
import { ControlCenterController } from './api/controlcenter.controller';

/** The web view of one or many runtimes. One plain page exists yet. */
@Module({ controllers: [ControlCenterController] })
export class ControlCenterModule {}
