import { Command, CommandRunner, Option } from 'nest-commander';
import { collect, nameFileWithOption, oneOf, refuseArguments } from './arguments';

interface TemplateOptions {
  readonly file?: readonly string[];
  readonly graph?: boolean;
  readonly crd?: string;
  readonly verbose?: boolean;
  readonly output?: 'yaml' | 'json';
}

@Command({ name: 'template', description: 'Show a Katalog as a run would load it, everything expanded' })
export class TemplateCommand extends CommandRunner {
  async run(
    words: string[],
    { file = [], graph = false, verbose = false, crd, output }: TemplateOptions,
  ): Promise<void> {
    refuseArguments(words, nameFileWithOption);
    const { template } = await import('../actions/template.js');
    process.stdout.write(
      await template(file, process.cwd(), { isGraph: graph, isVerbose: verbose, crd, format: output }),
    );
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--graph', description: 'only the order of the start and what waits for what' })
  graph(): boolean {
    return true;
  }

  @Option({ flags: '--crd <name>', description: 'everything about this CRD; with -o its entry' })
  crd(value: string): string {
    return value;
  }

  @Option({ flags: '--verbose', description: 'everything about each CRD' })
  verbose(): boolean {
    return true;
  }

  @Option({
    flags: '-o, --output <format>',
    description: 'yaml or json: the same Katalog again, for the folder of the first file',
  })
  output(value: string): 'yaml' | 'json' {
    return oneOf('-o', value, ['yaml', 'json'] as const);
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
