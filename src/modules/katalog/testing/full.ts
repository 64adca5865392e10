// Katalogs that use every field of the language between them, as a person would write them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'full');

/** Absolute paths of the Katalogs, and of the Komposer with what only one may say. */
export const FULL_FILES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => /\.(katalog|komposer)\.yaml$/.test(name))
  .map((name) => join(FOLDER, name));

export const FULL_KATALOGS = FULL_FILES.filter((file) => file.endsWith('.katalog.yaml'));

/** Files of tests that use every field, of both kinds. They need not make sense as a whole. */
export const FULL_SIMULATE = join(FOLDER, 'shelf.simulate.yaml');
export const FULL_E2E = join(FOLDER, 'shelf.e2e.yaml');
