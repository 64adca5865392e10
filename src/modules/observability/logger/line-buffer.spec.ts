import { LineBuffer } from './line-buffer';

let written: string[];
let buffer: LineBuffer;

beforeEach(() => {
  jest.useFakeTimers();
  written = [];
  buffer = new LineBuffer((text) => written.push(text));
});

afterEach(() => jest.useRealTimers());

it('writes lines of one moment together, in their order', () => {
  buffer.push('a\n', false);
  buffer.push('b\n', false);
  expect(written).toEqual([]);
  jest.runAllTimers();
  expect(written).toEqual(['a\nb\n']);
});

it('lets an urgent line take along what waits, and writes nothing twice', () => {
  buffer.push('a\n', false);
  buffer.push('error\n', true);
  expect(written).toEqual(['a\nerror\n']);
  jest.runAllTimers();
  expect(written).toHaveLength(1);
});

it('does not wait once much has come together', () => {
  buffer.push(`${'x'.repeat(40_000)}\n`, false);
  expect(written).toHaveLength(1);
});

it('gives everything when it is flushed', () => {
  buffer.push('last\n', false);
  buffer.flush();
  buffer.flush();
  expect(written).toEqual(['last\n']);
});
