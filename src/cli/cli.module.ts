import { Module } from '@nestjs/common';
import { InitCommand } from './commands/init.command';
import { RunCommand } from './commands/run.command';
import { ValidateCommand } from './commands/validate.command';
import { VersionCommand } from './commands/version.command';

@Module({ providers: [InitCommand, RunCommand, ValidateCommand, VersionCommand] })
export class CliModule {}
