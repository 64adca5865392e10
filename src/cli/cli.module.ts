import { Module } from '@nestjs/common';
import { RunCommand } from './commands/run.command';
import { ValidateCommand } from './commands/validate.command';
import { VersionCommand } from './commands/version.command';

@Module({ providers: [RunCommand, ValidateCommand, VersionCommand] })
export class CliModule {}
