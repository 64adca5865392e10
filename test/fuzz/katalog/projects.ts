// What is mutated: every Katalog, Komposer and Motif of examples/, those that use all of the language, those with golden
// files, and a few that were written for here, with what the others have too little of.
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const TESTING = join(ROOT, 'src/modules/katalog/testing');

/** Files that belong together. */
export interface Project {
  readonly name: string;
  /** Where its copy lies. */
  readonly folder: string;
  /** Each is loaded on its own; relative. */
  readonly entries: readonly string[];
  /** Text by relative path: what may be mutated. */
  readonly files: ReadonlyMap<string, string>;
}

const EXAMPLES = join(ROOT, 'examples');
const FOLDERS = [
  ...readdirSync(EXAMPLES).flatMap((level) =>
    readdirSync(join(EXAMPLES, level)).map((name) => join(EXAMPLES, level, name)),
  ),
  join(TESTING, 'full'),
  join(TESTING, 'golden'),
  join(TESTING, 'golden/generations'),
  join(__dirname, 'sources/imports'),
  join(__dirname, 'sources/pieces'),
];
/** Custom resources beside the examples, and a project inside another one. */
const NOT_LOADED = /(^|\/)cr\.yaml$|^generations\//;
const ENTRY = /(^|\.)(katalog|komposer)\.yaml$/;

/** Copies of all projects, in new folders below `base`. */
export function copyProjects(base: string): readonly Project[] {
  return FOLDERS.map((source, index): Project => {
    const name = source.slice(ROOT.length + 1);
    const folder = join(base, String(index));
    mkdirSync(folder);
    cpSync(source, folder, { recursive: true });
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const wanted = paths.filter((path) => path.endsWith('.yaml') && !NOT_LOADED.test(path)).sort();
    const files = new Map(wanted.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    return { name, folder, entries: wanted.filter((path) => ENTRY.test(path) && !path.includes('/')), files };
  });
}
