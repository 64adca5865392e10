import { formatPosition, OrkestraError, ProblemList } from '../../common';
import { localTexts } from '../source/source-texts';
import { MARK } from '../testing/katalog-source';
import { checkMotif, type MotifSummary } from './check-motif';

const HEAD = 'apiVersion: orkestra.orkspace.io/v1\nkind: Motif\nmetadata: { name: cache }\n';

interface Checked {
  readonly summary: MotifSummary | undefined;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly marked: string;
}

function check(text: string, files: Readonly<Record<string, string>> = {}): Checked {
  const problems = new ProblemList();
  const all: Readonly<Record<string, string>> = { ...files, '/m/motif.yaml': text.replace(MARK, '') };
  const texts = {
    ...localTexts,
    read(location: string): string {
      const found = all[location];
      if (found === undefined) {
        throw new OrkestraError({ code: 'X', kind: 'UserError', message: `${location}: no such file` });
      }
      return found;
    },
  };
  const summary = checkMotif('/m/motif.yaml', { texts, problems });
  const lines = text.slice(0, text.indexOf(MARK)).split('\n');
  return {
    summary,
    errors: problems.errors.map(({ position, message }) => `${formatPosition(position)} ${message}`),
    warnings: problems.warnings.map(({ position, message }) => `${formatPosition(position)} ${message}`),
    marked: `/m/motif.yaml:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`,
  };
}

const WHOLE = `${HEAD}inputs:
  - { name: replicas, type: integer, default: 2 }
  - { name: image, required: true }
  - { name: plan, default: free }
resources:
  deployments:
    - name: "{{ .metadata.name }}-cache"
      image: "{{ .inputs.image }}"
      replicas: "{{ .inputs.replicas }}"
      when: [{ field: "{{ .inputs.plan }}", equals: pro }]
status: { fields: [{ path: plan, value: "{{ .inputs.plan }}" }] }
notes: { functions: { shout: "{{ toUpper .metadata.name }}" } }
`;

describe('checkMotif', () => {
  it('accepts a whole Motif without a word, and tells its inputs', () => {
    const { summary, errors, warnings } = check(WHOLE);
    expect([errors, warnings]).toEqual([[], []]);
    expect(summary).toMatchObject({
      name: 'cache',
      inputs: [
        { name: 'replicas', type: 'integer', required: false, default: '2' },
        { name: 'image', type: 'string', required: true, default: undefined },
        { name: 'plan', default: 'free' },
      ],
    });
  });

  it('says nothing of a value that only the sample makes wrong', () => {
    const motif = `${HEAD}inputs: [{ name: size }]\nresources: { deployments: [{ name: a, image: b, replicas: "{{ .inputs.size }}" }] }\n`;
    expect(check(motif).errors).toEqual([]);
  });

  it.each([
    ['an input that is not declared', WHOLE.replace('.inputs.image', '§.inputs.imge'), 'no input "imge"'],
    ['a field that is not there', WHOLE.replace('replicas: "{{', '§replica: "{{'), 'unknown field "replica"'],
    ['a wrong value', WHOLE.replace('"{{ .inputs.replicas }}"', '§many'), 'many'],
    [
      'a mistake in an entry that the defaults leave out',
      WHOLE.replace('equals: pro', '§equal: pro'),
      'unknown field "equal"',
    ],
    ['a template', WHOLE.replace('toUpper', '§toUp'), 'function "toUp" is not defined'],
    ['an input in a note', WHOLE.replace('toUpper .metadata.name', 'toUpper §.inputs.plan'), 'a note has no inputs'],
    ['another kind', '§kind: Katalog\n'.replace('§kind: ', 'kind: §'), 'expected kind: Motif'],
  ])('finds %s', (_what, text, message) => {
    const { errors, marked } = check(text);
    expect(errors[0]).toContain(`${marked} `);
    expect(errors[0]).toContain(message);
    expect(errors).toHaveLength(1);
  });

  it('finds what is wrong with the Motifs that it imports', () => {
    const imports = 'imports: [{ motif: b.yaml, with: { n: "{{ .inputs.size }}" } }]\n';
    const inner = `${HEAD}inputs: [{ name: n }]\nstatus: { fields: [{ path: p, value: "{{ nope .inputs.n }}" }] }\n`;
    const text = `${HEAD}inputs: [{ name: size }]\n${imports}`;
    expect(check(text, { '/m/b.yaml': inner }).errors).toEqual([expect.stringMatching(/^\/m\/b.yaml:5:42 .*"nope"/)]);
    expect(check(text).errors).toEqual(['/m/motif.yaml:5:20 motif: /m/b.yaml: no such file']);
  });

  it('warns of an input that nothing uses', () => {
    const { warnings, marked } = check(`${HEAD}inputs: [{ name: §size }]\n`);
    expect(warnings).toEqual([`${marked} nothing in the Motif uses its input "size"`]);
  });

  it.each([
    ['', ':1:1 expected one document'],
    ['[]', ':1:1 expected one document'],
    ['a: 1\n---\nb: 1\n', ':1:1 expected one'],
  ])('refuses %j', (text, message) => {
    expect(check(text).errors[0]).toContain(message);
  });
});
