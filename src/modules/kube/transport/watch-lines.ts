// Newline-delimited JSON of a watch, cut into lines across chunk borders. Bytes are decoded per complete line, so a
// character split over two chunks stays whole.

const NEWLINE = 0x0a;
const MAX_LINE_BYTES = 32 * 1024 * 1024;

export class LineSplitter {
  private parts: Buffer[] = [];
  private size = 0;

  /** The complete lines that end in this chunk. */
  push(chunk: Buffer): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      const line =
        this.parts.length === 0 ? piece.toString('utf8') : Buffer.concat([...this.parts, piece]).toString('utf8');
      this.parts = [];
      this.size = 0;
      start = end + 1;
      if (line.trim() !== '') lines.push(line);
    }
    if (start < chunk.length) {
      const rest = chunk.subarray(start);
      this.size += rest.length;
      if (this.size > MAX_LINE_BYTES) throw new Error(`a watch line is larger than ${MAX_LINE_BYTES} bytes`);
      this.parts.push(rest);
    }
    return lines;
  }
}
