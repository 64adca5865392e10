// `ork init`: the sample operator as a project of one's own. Nothing that exists is ever overwritten: all names are
// looked at before the first file is written.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDnsLabel, OrkestraError } from '../../modules/common';
import { shortPath } from '../render/short-path';
import { SYMBOL } from '../render/symbols';

/** From dist/cli/actions, as the package has it. */
const PACKAGE = join(__dirname, '..', '..', '..');
const SAMPLE = join(PACKAGE, 'examples', 'beginner', '01-hello-website');
/** Editors find the schema of this version in the project: it works offline, and in every checkout. */
const SCHEMA = 'schemas/katalog.schema.json';
const SCHEMA_HERE = '.orkestra/katalog.schema.json';
const SAMPLE_NAME = 'name: hello-website';

/** Writes into `directory`, or into a new folder `name` there. The text to print; throws a UserError. */
export function init(name: string | undefined, directory: string): string {
  const folder = name === undefined ? directory : resolve(directory, name);
  const project = name === undefined ? undefined : projectName(name);
  const files = [SCHEMA_HERE, ...readdirSync(SAMPLE).sort()];
  refuseOverwrite(folder, files, directory);
  write(folder, files, project);
  const place = folder === directory ? 'this folder' : `${shortPath(folder, directory)}/`;
  const next = [...(folder === directory ? [] : [`cd ${name}`]), 'ork validate', 'ork run --dev'];
  return [
    `${SYMBOL.ok} Wrote ${files.join(', ')} to ${place}`,
    '',
    'Next:',
    ...next.map((command) => `  ${command}`),
    '',
  ].join('\n');
}

/** The last part of the path: it becomes the name of the Katalog. */
function projectName(path: string): string {
  const project = basename(path);
  if (isDnsLabel(project)) return project;
  throw userError(
    `"${project}" can't be the name of a Katalog: expected lower-case letters, digits and "-", at most 63 of them`,
  );
}

function refuseOverwrite(folder: string, files: readonly string[], directory: string): void {
  const place = shortPath(folder, directory);
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw userError(`${place} is a file, not a folder`);
  const taken = files.filter((file) => existsSync(join(folder, file)));
  if (taken.length === 0) return;
  const where = folder === directory ? 'this folder' : place;
  throw userError(`${taken.join(', ')}: already there in ${where}; nothing was written`);
}

function write(folder: string, files: readonly string[], project: string | undefined): void {
  try {
    for (const file of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      // `wx`: what another process wrote in the meantime stays.
      writeFileSync(path, textOf(file, project), { flag: 'wx' });
    }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw userError(`can't write ${path ?? folder} (${code ?? 'unknown problem'})`);
  }
}

function textOf(file: string, project: string | undefined): string {
  if (file === SCHEMA_HERE) return readFileSync(join(PACKAGE, SCHEMA), 'utf8');
  const text = readFileSync(join(SAMPLE, file), 'utf8');
  if (file !== 'katalog.yaml') return text;
  const named = project === undefined ? text : text.replace(SAMPLE_NAME, `name: ${project}`);
  return named.replace(/(\$schema=)\S+/, `$1${SCHEMA_HERE}`);
}

function userError(message: string): OrkestraError {
  return new OrkestraError({ code: 'INIT_REFUSED', kind: 'UserError', message });
}
