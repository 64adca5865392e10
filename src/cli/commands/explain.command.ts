import { Command, CommandRunner, Option } from 'nest-commander';
import { refuseArguments } from './arguments';

interface ExplainOptions {
  readonly recursive?: boolean;
  readonly schema?: boolean;
}

@Command({
  name: 'explain',
  arguments: '[path]',
  description:
    'What a field is: `ork explain spec.crds.operatorBox.status` of a Katalog, `ork explain motif.inputs` of another kind of file (komposer, motif, simulate, e2e)',
})
export class ExplainCommand extends CommandRunner {
  async run([path = '', ...more]: string[], { recursive = false, schema = false }: ExplainOptions): Promise<void> {
    refuseArguments(more);
    const { explain, schemaText } = await import('../actions/explain.js');
    process.stdout.write(schema ? schemaText(path) : explain(path, { recursive }));
  }

  @Option({ flags: '--recursive', description: 'only the names, of all fields below' })
  recursive(): boolean {
    return true;
  }

  @Option({ flags: '--schema', description: 'print the JSON Schema for editors' })
  schema(): boolean {
    return true;
  }

  @Option({ flags: '--debug', description: 'show the stack of an error' })
  debug(): boolean {
    return true;
  }
}
