// Base64 as Go decodes it: padding is needed, line breaks are skipped.

/** Where the text stops to be base64 (the position that Go names); undefined when all of it is. */
export function base64Problem(text: string): number | undefined {
  const quantum = { size: 0 };
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\n' || character === '\r') continue;
    if (character === '=') return paddingProblem(text, index, quantum.size);
    if (!/[A-Za-z0-9+/]/.test(character)) return index;
    quantum.size = (quantum.size + 1) % 4;
  }
  return quantum.size === 0 ? undefined : text.length - quantum.size;
}

/** One or two characters of padding end the text. */
function paddingProblem(text: string, index: number, size: number): number | undefined {
  if (size < 2) return index;
  const skip = (from: number): number => {
    let next = from;
    while (text[next] === '\n' || text[next] === '\r') next++;
    return next;
  };
  let next = skip(index + 1);
  if (size === 2) {
    if (next >= text.length) return text.length;
    if (text[next] !== '=') return next - 1;
    next = skip(next + 1);
  }
  return next < text.length ? next : undefined;
}
