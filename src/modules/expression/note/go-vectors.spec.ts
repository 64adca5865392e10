// What Go answers (test/vectors/notes): every note with varied arguments, the failing ones too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, ManualClock } from '../../common';
import { compileTemplate } from '../template/compile';
import { TemplateExecutionError, TemplateSyntaxError } from '../template/template.errors';
import { builtinFunctions } from '.';

interface Vectors {
  readonly now: string;
  readonly data: JsonObject;
  readonly cases: readonly {
    readonly t: string;
    readonly o?: string;
    readonly failed?: boolean;
    readonly e?: string;
  }[];
}

const FOLDER = join(__dirname, 'testing/vectors');
const files = readdirSync(FOLDER).map((file) => ({
  file,
  vectors: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Vectors,
}));

function answer(text: string, { data, now }: Vectors): string {
  const context = { clock: new ManualClock(Date.parse(now)), random: { next: () => 0.5 } };
  try {
    return compileTemplate(text).execute(data, context);
  } catch (error) {
    if (error instanceof TemplateExecutionError || error instanceof TemplateSyntaxError) {
      return `failed: ${error.message}`;
    }
    throw error;
  }
}

describe('notes as Go has them', () => {
  it.each(files)('every case of $file', ({ vectors }) => {
    const differences = vectors.cases
      .map(({ t, o, failed, e = '' }) => ({ t, wanted: failed === true ? `failed: ${e}` : o, got: answer(t, vectors) }))
      .filter(({ wanted, got }) =>
        wanted?.startsWith('failed: ') === true
          ? !got.startsWith('failed: ') || !got.includes(wanted.slice('failed: '.length))
          : got !== wanted,
      );
    expect(differences).toEqual([]);
    expect(vectors.cases.length).toBeGreaterThan(100);
  });

  it('covers every note whose answer is not random', () => {
    const called = new Set(files.flatMap(({ vectors }) => vectors.cases.map(({ t }) => t.split(' ')[1])));
    const missing = builtinFunctions
      .all()
      .filter(({ domain, purity }) => domain !== 'builtin' && domain !== 'comparison' && purity !== 'random')
      .map(({ name }) => name)
      .filter((name) => !called.has(name));
    expect(missing).toEqual([]);
  });
});
