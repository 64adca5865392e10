// The body of an answer as it comes, with a bound.
import { type Dispatcher } from 'undici';
import { HttpError } from './http.errors';
import { type HttpHead } from './http.types';

/** The chunks of an answer's body (of a HEAD there is none to measure); ends with an HttpError as soon as there are more bytes than allowed. */
export async function* limitedBody(
  response: Dispatcher.ResponseData,
  head: HttpHead,
  limit: number,
): AsyncGenerator<Buffer, void, undefined> {
  const tooLarge = (): HttpError =>
    new HttpError({
      reason: 'too-large',
      what: head.what,
      message: `the answer is larger than ${sizeInWords(limit)}`,
      status: head.status,
    });
  const { 'content-encoding': encoding, 'content-length': announced } = head.headers;
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `the answer is packed (${String(encoding)}), which was not asked for`;
    throw new HttpError({ reason: 'protocol', what: head.what, message, status: head.status });
  }
  if (typeof announced === 'string' && Number(announced) > limit) throw tooLarge();
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge();
    yield chunk;
  }
}

/** `10 MiB`, `4 KiB`, `12 bytes`. */
export function sizeInWords(bytes: number): string {
  const units = [
    ['MiB', 1_024 ** 2],
    ['KiB', 1_024],
  ] as const;
  const [unit, size] = units.find(([, one]) => bytes >= one) ?? ['bytes', 1];
  return `${Math.round((bytes / size) * 10) / 10} ${unit}`;
}
