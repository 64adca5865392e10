import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { notes, type NotesRequest } from './notes';

const NOTHING = { action: undefined, word: undefined, domain: undefined, files: [], directory: '/' };

describe('ork notes', () => {
  it('lists every function with its domain', async () => {
    const lines = (await notes(NOTHING)).split('\n');
    expect(lines[0]).toMatch(/DOMAIN +NAME +DESCRIPTION/);
    expect(lines).toContainEqual(expect.stringMatching(/^strings +toLower +Lower case\.$/));
    expect(lines.length).toBeGreaterThan(287);
  });

  it('lists one domain', async () => {
    const lines = (await notes({ ...NOTHING, domain: 'net' })).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['ipValid', 'ipIsPrivate', 'cidrContains']);
  });

  it('counts the domains', async () => {
    expect(await notes({ ...NOTHING, action: 'domains' })).toMatch(/^strings +16$/m);
  });

  it.each([
    ['name', 'CIDR', 'cidrContains'],
    ['description', 'padded', 'toBase64'],
    ['example', '.spec.schedule', 'cronFromMap'],
  ])('searches the %s', async (_where, word, found) => {
    expect(await notes({ ...NOTHING, action: 'search', word })).toContain(found);
  });

  it('says that a search found nothing', async () => {
    expect(await notes({ ...NOTHING, action: 'search', word: 'zebra' })).toBe(
      'no function has "zebra" in its name, description or example\n',
    );
  });

  it('shows one function', async () => {
    const text = await notes({ ...NOTHING, action: 'show', word: 'join' });
    for (const part of ['join(items list, separator string) string', 'strings, since 0.1.0', 'a.io,b.io', '"hosts"']) {
      expect(text).toContain(part);
    }
    expect(await notes({ ...NOTHING, action: 'show', word: 'weekday' })).toMatch(/Depends on: +the time/);
  });

  it.each([
    [{ action: 'show', word: 'toLwer' }, 'no function "toLwer" (did you mean "toLower"?)'],
    [{ action: 'show' }, 'ork notes show <name>: the argument is missing'],
    [{ action: 'serch' }, 'unknown action "serch" (did you mean "search"?)'],
    [{ action: 'domains', word: 'x' }, 'unexpected argument "x"'],
    [{ domain: 'string' }, 'no domain "string" (did you mean "strings"?)'],
  ])('refuses %j', async (request, message) => {
    await expect(notes({ ...NOTHING, ...request })).rejects.toThrow(message);
  });
});

describe('ork notes -f', () => {
  const KATALOG = `apiVersion: orkestra.orkspace.io/v1
kind: Katalog
metadata: { name: shop }
notes:
  functions:
    - name: tier
      description: How large it is.
      expression: |
        {{ if gt .spec.replicas 5 -}} big
        {{- else -}} small {{- end }}
    - { name: opening, expression: '{{ tier }} {{ weekday }}' }
spec:
  crds:
    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      operatorBox: { onReconcile: { configMaps: [{ data: { a: '{{ opening }}' } }] } }
`;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orkestra-notes-'));
    writeFileSync(join(folder, 'katalog.yaml'), KATALOG);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function printed(request: Partial<NotesRequest>): Promise<string> {
    const all = { ...NOTHING, files: ['katalog.yaml'], directory: folder, ...request };
    return stripVTControlCharacters(await notes(all));
  }

  it('lists them behind the built-in functions', async () => {
    const lines = (await printed({})).trimEnd().split('\n');
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^user +tier +How large it is\.$/),
      expect.stringMatching(/^user +opening +\{\{ tier }} \{\{ weekday }}$/),
    ]);
    expect((await printed({ domain: 'user' })).trimEnd().split('\n')).toHaveLength(3);
  });

  it('counts and searches them, too', async () => {
    expect(await printed({ action: 'domains' })).toMatch(/^user +2$/m);
    expect(await printed({ action: 'search', word: 'gt .spec.replicas' })).toMatch(/^user +tier/m);
  });

  it('shows where one stands, what it is, and what it needs', async () => {
    const text = await printed({ action: 'show', word: 'opening' });
    const parts = ['opening() any', 'user, declared at katalog.yaml:11:15', '{{ tier }} {{ weekday }}', 'the time'];
    for (const part of parts) expect(text).toContain(part);
    expect(text).toMatch(/Calls: +tier$/m);
    expect(await printed({ action: 'show', word: 'tier' })).toContain(
      'Expression:  {{ if gt .spec.replicas 5 -}} big\n               {{- else -}} small {{- end }}\n',
    );
    await expect(printed({ action: 'show', word: 'teir' })).rejects.toThrow('did you mean "tier"?');
  });

  it('tells what is wrong with the Katalog', async () => {
    writeFileSync(join(folder, 'katalog.yaml'), KATALOG.replace('weekday', 'wekday'));
    await expect(printed({})).rejects.toThrow('katalog.yaml:11:51: template: function "wekday" is not defined');
  });
});
