// Conversion: each pair of versions has one way, and there is none through a third version.
import { CODE } from './codes';
import { at, type EntryRule } from './rule';

export const checkConversion: EntryRule = ({ entry }, findings) => {
  const { conversion } = entry;
  if (conversion === undefined) return;
  const { paths = [], participant, storageVersion } = conversion;
  if (participant === true && paths.length > 0) {
    findings.error(
      at(conversion, 'paths'),
      CODE.conversion,
      'a participant has no paths: they stand on the other entry',
    );
  }
  if (participant !== true && paths.length > 0 && !conversion.node.entries.has('storageVersion')) {
    findings.error(at(conversion), CODE.conversion, '"paths" need "storageVersion"');
  }
  const seen = new Set<string>();
  for (const path of paths) {
    const { from, to } = path;
    if (from === undefined || to === undefined) continue;
    if (from.text === to.text) findings.error(to.node, CODE.conversion, `from ${from.text} to itself is no conversion`);
    const key = `${from.text} ${to.text}`;
    if (seen.has(key)) findings.error(at(path), CODE.conversion, `two paths lead from ${from.text} to ${to.text}`);
    seen.add(key);
  }
  const versions = paths.flatMap(({ from, to }) => [from?.text, to?.text]);
  if (storageVersion !== undefined && paths.length > 0 && !versions.includes(storageVersion.text)) {
    findings.error(
      storageVersion.node,
      CODE.conversion,
      `no path leads to or from the stored version ${storageVersion.text}`,
    );
  }
};
