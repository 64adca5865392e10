import fc from 'fast-check';
import { LineSplitter } from './watch-lines';

function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const borders = [0, ...[...places].sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

function split(chunks: readonly Buffer[]): readonly string[] {
  const splitter = new LineSplitter();
  return chunks.flatMap((chunk) => splitter.push(chunk));
}

describe('LineSplitter', () => {
  it('gives the lines that a chunk completes and keeps the rest', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from('one\ntwo\nthr'))).toEqual(['one', 'two']);
    expect(splitter.push(Buffer.from('ee'))).toEqual([]);
    expect(splitter.push(Buffer.from('\n'))).toEqual(['three']);
  });

  it('keeps a character whole that two chunks share', () => {
    const bytes = Buffer.from('{"name":"größe 🚢"}\n');
    for (let place = 1; place < bytes.length; place++) {
      expect(split(cutAt(bytes, [place]))).toEqual(['{"name":"größe 🚢"}']);
    }
  });

  it('skips empty lines and a carriage return alone', () => {
    expect(split([Buffer.from('\n\r\n{}\n')])).toEqual(['{}']);
  });

  it('never gives a line that did not end', () => {
    expect(split([Buffer.from('{"half":')])).toEqual([]);
  });

  it('refuses a line without end instead of filling the memory', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(8 * 1024 * 1024, 'x');
    expect(() => {
      for (let count = 0; count < 5; count++) splitter.push(chunk);
    }).toThrow('larger than');
  });

  it('gives the same lines wherever the stream is cut', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !text.includes('\n') && text.trim() !== '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(400), { maxLength: 12 }), (texts, places) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const inside = places.filter((place) => place < bytes.length);
        expect(split(cutAt(bytes, inside))).toEqual(texts);
      }),
    );
  });
});
