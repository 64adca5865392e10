import { notes } from './notes';

const NOTHING = { action: undefined, word: undefined, domain: undefined };

describe('ork notes', () => {
  it('lists every function with its domain', () => {
    const lines = notes(NOTHING).split('\n');
    expect(lines[0]).toMatch(/DOMAIN +NAME +DESCRIPTION/);
    expect(lines).toContainEqual(expect.stringMatching(/^strings +toLower +Lower case\.$/));
    expect(lines.length).toBeGreaterThan(287);
  });

  it('lists one domain', () => {
    const lines = notes({ ...NOTHING, domain: 'net' })
      .trimEnd()
      .split('\n')
      .slice(1);
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['ipValid', 'ipIsPrivate', 'cidrContains']);
  });

  it('counts the domains', () => {
    expect(notes({ ...NOTHING, action: 'domains' })).toMatch(/^strings +16$/m);
  });

  it.each([
    ['name', 'CIDR', 'cidrContains'],
    ['description', 'padded', 'toBase64'],
    ['example', '.spec.schedule', 'cronFromMap'],
  ])('searches the %s', (_where, word, found) => {
    expect(notes({ ...NOTHING, action: 'search', word })).toContain(found);
  });

  it('says that a search found nothing', () => {
    expect(notes({ ...NOTHING, action: 'search', word: 'zebra' })).toBe(
      'no function has "zebra" in its name, description or example\n',
    );
  });

  it('shows one function', () => {
    const text = notes({ ...NOTHING, action: 'show', word: 'join' });
    for (const part of ['join(items list, separator string) string', 'strings, since 0.1.0', 'a.io,b.io', '"hosts"']) {
      expect(text).toContain(part);
    }
    expect(notes({ ...NOTHING, action: 'show', word: 'weekday' })).toMatch(/Depends on: +the time/);
  });

  it.each([
    [{ action: 'show', word: 'toLwer' }, 'no function "toLwer" (did you mean "toLower"?)'],
    [{ action: 'show' }, 'ork notes show <name>: the argument is missing'],
    [{ action: 'serch' }, 'unknown action "serch" (did you mean "search"?)'],
    [{ action: 'domains', word: 'x' }, 'unexpected argument "x"'],
    [{ domain: 'string' }, 'no domain "string" (did you mean "strings"?)'],
  ])('refuses %j', (request, message) => {
    expect(() => notes({ ...NOTHING, ...request })).toThrow(message);
  });
});
