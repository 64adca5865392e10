import { didYouMean } from '../../common';
import { CODE } from './codes';
import { at, boxesOf, enabledEntries, type KatalogRule } from './rule';

/** Each name once, and every block of an operatorBox is of one that is declared. */
export const checkProviders: KatalogRule = (katalog, findings) => {
  const names: string[] = [];
  for (const provider of katalog.providers ?? []) {
    const name = provider.name?.text;
    if (name === undefined) continue;
    if (names.includes(name)) findings.error(at(provider, 'name'), CODE.provider, `two providers are named "${name}"`);
    names.push(name);
  }
  for (const { entry } of enabledEntries(katalog)) {
    for (const box of boxesOf(entry)) {
      const blocks = box.node.entries.get('providers')?.value;
      for (const name of box.providers?.keys() ?? []) {
        if (names.includes(name)) continue;
        const key = blocks?.kind === 'map' ? blocks.entries.get(name) : undefined;
        const place = key === undefined ? at(box) : { position: key.keyPosition, path: key.value.path };
        findings.error(
          place,
          CODE.provider,
          `"${name}" is not in "providers" of the Katalog${didYouMean(name, names)}`,
        );
      }
    }
  }
};
