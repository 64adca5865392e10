import { shortPath } from './short-path';

describe('a path on the screen', () => {
  it.each([
    ['/home/ana/site/katalog.yaml', 'katalog.yaml'],
    ['/home/ana/site/operators/katalog.yaml', 'operators/katalog.yaml'],
    ['/home/ana/site/..data/katalog.yaml', '..data/katalog.yaml'],
    ['/home/ana/other/katalog.yaml', '/home/ana/other/katalog.yaml'],
    ['/home/ana', '/home/ana'],
    ['/home/ana/site', '/home/ana/site'],
    ['https://a.example//katalog.yaml', 'https://a.example//katalog.yaml'],
    ['<stdin>', '<stdin>'],
  ])('%s is %s in /home/ana/site', (path, expected) => {
    expect(shortPath(path, '/home/ana/site')).toBe(expected);
  });
});
