import { OrkestraError } from '../../common';
import { STDIN } from '../source/location';
import { type SourceFiles } from '../source/source-texts';

const MAX_BYTES = 10 * 1_024 * 1_024;

/** Everything up to the end of standard input. */
export async function readStdin(stdin: NodeJS.ReadableStream, signal: AbortSignal): Promise<SourceFiles> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BYTES) {
      const message = `${STDIN}: more than ${MAX_BYTES / 1_024 / 1_024} MiB`;
      throw new OrkestraError({ code: 'SOURCE_TOO_LARGE', kind: 'UserError', message });
    }
    chunks.push(part);
  }
  return { container: STDIN, texts: new Map([['', Buffer.concat(chunks).toString('utf8')]]) };
}
