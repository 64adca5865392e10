import { Command, CommandRunner, Option } from 'nest-commander';
import { type ReportFormat } from '../actions/validate/reports';
import { collect, nameFileWithOption, oneOf, refuseArguments } from './arguments';

interface ValidateOptions {
  readonly file?: readonly string[];
  readonly notes?: boolean;
  readonly profiles?: boolean;
  readonly full?: boolean;
  readonly strict?: boolean;
  readonly play?: boolean;
  readonly output?: ReportFormat;
}

@Command({
  name: 'validate',
  description: 'Check Katalogs, Komposers, Motifs, Simulate and E2E files without a cluster',
})
export class ValidateCommand extends CommandRunner {
  async run(words: string[], options: ValidateOptions): Promise<void> {
    refuseArguments(words, nameFileWithOption);
    const { validate, validateReport } = await import('../actions/validate.js');
    const { file = [], notes = false, profiles = false, strict = false, full = false, play = false, output } = options;
    if (notes && profiles) throw new Error('--notes and --profiles exclude each other');
    const asked = { notesOnly: notes, profilesOnly: profiles, isStrict: strict, isFull: full, withoutCr: play };
    if (output === undefined) {
      process.stdout.write(await validate(file, process.cwd(), asked));
      return;
    }
    const { text, isValid } = await validateReport(file, process.cwd(), output, asked);
    process.stdout.write(text);
    if (!isValid) process.exitCode = 1;
  }

  @Option({ flags: '-f, --file <path>', description: 'file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--notes', description: 'print only the notes that the Katalog declares' })
  notes(): boolean {
    return true;
  }

  @Option({ flags: '--profiles', description: 'print only the profiles, with the places that use them' })
  profiles(): boolean {
    return true;
  }

  @Option({
    flags: '--full',
    description:
      'also profiles and permissions of each CRD, the dependency graph, and the permissions of runtime and gateway',
  })
  full(): boolean {
    return true;
  }

  @Option({ flags: '--strict', description: 'warnings are failures' })
  strict(): boolean {
    return true;
  }

  @Option({ flags: '--play', description: 'a Simulate file need not name a custom resource' })
  play(): boolean {
    return true;
  }

  @Option({ flags: '-o, --output <format>', description: 'what was found as json, sarif or github annotations' })
  output(value: string): ReportFormat {
    return oneOf('-o', value, ['json', 'sarif', 'github'] as const);
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
