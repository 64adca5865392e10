// Go's strings are bytes, and a template can cut one inside of a character or write a byte that is no text. Such a byte
// travels as a lone surrogate (U+DC80 to U+DCFF), so that it keeps its identity until the whole is put together.
import { isUtf8 } from 'node:buffer';

const LONE = /\p{Cs}/u;
const ESCAPE = 0xdc00;
const SURROGATES = 0xd800;

/** Whether bytes that are no text stand in it. */
export function hasLooseBytes(text: string): boolean {
  return LONE.test(text);
}

/** The bytes of a text as Go holds it. */
export function bytesOf(text: string): Buffer {
  if (!LONE.test(text)) return Buffer.from(text);
  const parts: Buffer[] = [];
  for (const part of text.split(/(\p{Cs})/u)) {
    const code = part.length === 1 ? part.charCodeAt(0) : 0;
    const isByte = code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
    parts.push(isByte ? Buffer.from([code - ESCAPE]) : Buffer.from(part));
  }
  return Buffer.concat(parts);
}

/** The text of bytes; a byte that belongs to no character is kept as a lone surrogate. */
export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    text += length === 0 ? String.fromCharCode(ESCAPE + (bytes[at] ?? 0)) : bytes.toString('utf8', at, at + length);
    at += length === 0 ? 1 : length;
  }
  return text;
}

/** 0: no character starts here. */
function characterLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}

/** The text with its loose bytes joined to characters where they fit, and U+FFFD for the rest. */
export function joinLooseBytes(text: string): string {
  return LONE.test(text) ? textOf(bytesOf(text)).replace(/\p{Cs}/gu, '\ufffd') : text;
}

/** Order by bytes: below 0, 0 or above. */
export function compareGoText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [aUnit, bUnit] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (aUnit === bUnit) continue;
    // Below the surrogates UTF-16 and UTF-8 order alike.
    if (aUnit < SURROGATES && bUnit < SURROGATES) return aUnit - bUnit;
    // Texts that are not equal never count as equal, though both hold what no bytes stand for.
    return Buffer.compare(bytesOf(a), bytesOf(b)) || aUnit - bUnit;
  }
  return a.length - b.length;
}
