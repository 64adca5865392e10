import { isGoPrintable } from '../../common';
/** Bytes of UTF-8 that a manager name may have. */
const MAX_BYTES = 128;

/**
 * Who writes: the fieldManager of the request, or what its user agent says before the first slash.
 * @param asked fieldManager of the request; undefined or empty for none.
 */
export function managerOf(asked: string | undefined, userAgent: string): string {
  if (asked !== undefined && asked !== '') return asked;
  let name = '';
  let bytes = 0;
  for (const character of userAgent.split('/', 1)[0] ?? '') {
    if (!isGoPrintable(character)) continue;
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) break;
    name += character;
  }
  return name;
}
