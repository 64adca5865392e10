import { proxyFor } from './proxy';

describe('proxyFor', () => {
  const settings = { http: 'http://plain:3128', https: 'http://secure:3128', exceptions: [] };

  it('goes by the scheme of the address', () => {
    expect(proxyFor(new URL('http://example.org/'), settings)).toBe('http://plain:3128');
    expect(proxyFor(new URL('https://example.org/'), settings)).toBe('http://secure:3128');
    expect(proxyFor(new URL('https://example.org/'), { ...settings, https: undefined })).toBeUndefined();
  });

  it.each(['http://localhost/', 'http://127.0.0.1:5000/', 'http://[::1]/'])('is none for %s', (url) => {
    expect(proxyFor(new URL(url), settings)).toBeUndefined();
  });

  it.each([
    ['example.org', 'http://example.org/', true],
    ['example.org', 'http://a.example.org/', true],
    ['.example.org', 'http://a.example.org/', true],
    ['*.example.org', 'http://a.example.org/', true],
    ['example.org', 'http://badexample.org/', false],
    ['EXAMPLE.org', 'https://example.org/', true],
    ['example.org:8080', 'http://example.org/', false],
    ['example.org:8080', 'http://example.org:8080/', true],
    ['example.org:443', 'https://example.org/', true],
    ['10.0.0.1', 'http://10.0.0.1/', true],
    ['0.0.1', 'http://10.0.0.1/', false],
    ['[fd00::1]:80', 'http://[fd00::1]/', true],
    ['fd00::1', 'http://[fd00::1]/', true],
    ['*', 'http://example.org/', true],
  ])('the exception %s for %s: %s', (exception, url, isDirect) => {
    const proxy = proxyFor(new URL(url), { ...settings, exceptions: [exception] });
    expect(proxy === undefined).toBe(isDirect);
  });
});
