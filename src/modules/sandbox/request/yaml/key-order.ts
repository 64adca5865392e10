// The order of keys in YAML of the server: letters behind other characters, numbers inside of names by their value.

const LETTER = /\p{L}/u;

export function compareYamlKeys(first: string, second: string): number {
  const a = [...first];
  const b = [...second];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at < 0 || at >= b.length) return a.length - b.length;
  const [left = '', right = ''] = [a[at], b[at]];
  const [isLeftLetter, isRightLetter] = [LETTER.test(left), LETTER.test(right)];
  if (isLeftLetter && isRightLetter) return byCode(left, right);
  if (isLeftLetter || isRightLetter) return isRightLetter ? -1 : 1;
  const [leftNumber, rightNumber] = [numberAt(a, at), numberAt(b, at)];
  if (leftNumber.value !== rightNumber.value) return leftNumber.value < rightNumber.value ? -1 : 1;
  return leftNumber.length - rightNumber.length || byCode(left, right);
}

function byCode(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

/** The digits from there on; a zero there counts only behind another digit. */
function numberAt(characters: readonly string[], at: number): { readonly value: bigint; readonly length: number } {
  let end = at;
  while (end < characters.length && /[0-9]/.test(characters[end] ?? '')) end++;
  const digits = characters.slice(at, end).join('');
  const before = /[0-9]*$/.exec(characters.slice(0, at).join(''))?.[0] ?? '';
  const head = /[1-9]/.test(before) ? '1' : '';
  return { value: BigInt(head + digits || '0'), length: end - at };
}
