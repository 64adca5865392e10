import { Module } from '@nestjs/common';
import { DiffCommand } from './commands/diff.command';
import { ExplainCommand } from './commands/explain.command';
import { InitCommand } from './commands/init.command';
import { MigrateCommand } from './commands/migrate.command';
import { NotesCommand } from './commands/notes.command';
import { RunCommand } from './commands/run.command';
import { TemplateCommand } from './commands/template.command';
import { ValidateCommand } from './commands/validate.command';
import { VersionCommand } from './commands/version.command';

@Module({
  providers: [
    DiffCommand,
    ExplainCommand,
    InitCommand,
    MigrateCommand,
    NotesCommand,
    RunCommand,
    TemplateCommand,
    ValidateCommand,
    VersionCommand,
  ],
})
export class CliModule {}
