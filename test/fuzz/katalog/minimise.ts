// A failing text made smaller: what is not needed for the failure goes, first half of the lines, then single ones.

/** `fails`: whether a text still fails in the same way. At most `tries` of it are made. */
export async function minimise(text: string, fails: (text: string) => Promise<boolean>, tries = 300): Promise<string> {
  let left = tries;
  const shrunk = async (parts: readonly string[], glue: string): Promise<readonly string[]> => {
    let kept = parts;
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < kept.length && left > 0;) {
        const shorter = [...kept.slice(0, at), ...kept.slice(at + size)];
        left--;
        if (await fails(shorter.join(glue))) kept = shorter;
        else at += size;
      }
    }
    return kept;
  };
  const lines = (await shrunk(text.split('\n'), '\n')).join('\n');
  const MANY = 400;
  return lines.length > MANY ? lines : (await shrunk([...lines], '')).join('');
}
