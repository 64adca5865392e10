// Where an imported Motif lies.
import { type SourceText } from '../../../common';
import { type MotifImport } from '../../model/motif.fields';
import { inside, locationFrom } from '../../source/location';
import { attempt, type ExpandContext } from '../../source/read-tree';
import { type SourceLogin, type SourceRequest } from '../../source/source-texts';
import { gitRequest, loginOf, ociRequest, type Report, splitVersion } from '../komposer/import-sources';

/** The Motif of a package, and of a folder. */
const FILE = 'motif.yaml';
const IS_FILE = /\.(ya?ml|json)$/i;
/** Addresses that Git speaks; those of http may be a file or a repository. */
const IS_GIT = /^(git@|ssh:\/\/|git:\/\/|git\+)/;
const IS_HTTP = /^https?:\/\//;

/** The location of its text. Undefined after a problem, and while its package has to be fetched. */
export function motifLocation(fields: MotifImport, context: ExpandContext, report: Report): string | undefined {
  const { motif } = fields;
  if (motif === undefined) return undefined;
  const login = fields.auth === undefined ? undefined : loginOf(fields.auth, report);
  if (fields.auth !== undefined && login === undefined) return undefined;
  const { base, version: suffix } = splitVersion(motif.text);
  const request = requestFor(fields, motif, login);
  if (request !== undefined) {
    const files = attempt(motif.node, context.problems, () => context.texts.files(request));
    if (files === undefined) return undefined;
    if (request.kind === 'http') return request.url;
    return inside(files.container, folderIn(base).path);
  }
  const isUrl = IS_HTTP.test(motif.text);
  if (fields.version !== undefined) return report(fields.version.node, `a ${isUrl ? 'URL' : 'file'} has no version`);
  if (fields.auth !== undefined) return report(fields.auth.node, 'auth is for packages and URLs: a file needs none');
  if (!isUrl && suffix !== undefined && motif.text.includes('@')) {
    return report(motif.node, `a file has no version: write ${base}`);
  }
  const name = isUrl || IS_FILE.test(motif.text) ? motif.text : `${motif.text.replace(/\/$/, '')}/${FILE}`;
  const location = locationFrom(motif.node.position.file, name);
  return location ?? report(motif.node, `"${motif.text}" leads out of the package that names it`);
}

/** What has to be asked for; undefined for what is read by its location. */
function requestFor(
  { version, oci }: MotifImport,
  { text }: SourceText,
  login: SourceLogin | undefined,
): SourceRequest | undefined {
  const reference = splitVersion(text);
  const wanted = reference.version ?? version?.text;
  if (text.startsWith('oci://') || oci === true) return ociRequest(reference.base, wanted, login);
  const { url } = folderIn(reference.base);
  if (IS_GIT.test(text)) return gitRequest(url.replace(/^git\+/, ''), wanted, login);
  if (!IS_HTTP.test(text)) return undefined;
  if (!IS_FILE.test(new URL(text).pathname)) return gitRequest(url, wanted, login);
  return login === undefined ? undefined : { kind: 'http', url: text, login };
}

/** A folder of a repository stands behind `//`: `https://example.org/team/motifs.git//cache`. */
function folderIn(base: string): { readonly url: string; readonly path: string } {
  const scheme = base.indexOf('://');
  const at = base.indexOf('//', scheme < 0 ? 0 : scheme + 3);
  if (at < 0 || base.startsWith('oci://')) return { url: base, path: FILE };
  const folder = base.slice(at + 2).replace(/\/$/, '');
  return { url: base.slice(0, at), path: IS_FILE.test(folder) ? folder : `${folder}/${FILE}` };
}
