// Where the imports of a Komposer lie: what is asked for, and which text of the answer is the document.
import { type JsonValue, type SourceNode, type SourceText, stableStringify } from '../../../common';
import { type FileImport, type HelmImport, type LoginFields, type RegistryImport } from '../../model/imports.fields';
import { locationFrom } from '../../source/location';
import { type ExpandContext } from '../../source/read-tree';
import { type SourceLogin, type SourceRequest } from '../../source/source-texts';
import { toJson } from '../../source/to-json';

/** A request and the path of the document in what it brings; without a path every text holds documents. */
export interface PackageSource {
  readonly request: SourceRequest;
  readonly path: string | undefined;
}

/** A location that is read as it is, or something to ask for. Throws nothing; undefined after a problem. */
export type ImportSource = { readonly location: string } | PackageSource;

/** Says what is wrong at a value. */
export type Report = (at: SourceNode, message: string) => undefined;

/** `$NAME` and `${NAME}` stand for the value of a variable, as a whole. */
export function fileSource(
  source: SourceText | FileImport,
  { texts }: ExpandContext,
  report: Report,
): ImportSource | undefined {
  const url = 'url' in source ? source.url : source;
  if (url === undefined) return undefined;
  const auth = 'url' in source ? source.auth : undefined;
  const written = /^\$(?:\{(\w+)\}|(\w+))$/.exec(url.text);
  const variable = written?.[1] ?? written?.[2];
  const text = variable === undefined ? url.text : texts.variable(variable);
  if (text === undefined || text === '') {
    return report(url.node, `the environment variable ${variable ?? ''} is not set`);
  }
  const location = locationFrom(url.node.position.file, text);
  if (location === undefined) return report(url.node, `"${text}" leads out of the package that names it`);
  if (auth === undefined) return { location };
  if (!/^https?:/.test(location)) return report(auth.node, '"auth" is for URLs: a file needs none');
  const login = loginOf(auth, report);
  return login === undefined ? undefined : { request: { kind: 'http', url: location, login }, path: undefined };
}

/** One source for each Katalog that it names. */
export function registrySources(source: SourceText | RegistryImport, report: Report): readonly ImportSource[] {
  const fields = 'url' in source ? source : undefined;
  const url = 'url' in source ? source.url : source;
  if (url === undefined) return [];
  const login = fields?.auth === undefined ? undefined : loginOf(fields.auth, report);
  if (fields?.auth !== undefined && login === undefined) return [];
  const reference = splitVersion(url.text);
  const isOci = url.text.startsWith('oci://') || fields?.oci === true;
  const file = fields?.useKomposer === true ? 'komposer.yaml' : 'katalog.yaml';
  const version = reference.version ?? fields?.version?.text;
  const items = [...(fields?.katalog ?? [])];
  const asked = (base: string, revision: string | undefined, path: string): ImportSource => ({
    request: isOci ? ociRequest(base, revision, login) : gitRequest(base, revision, login),
    path,
  });
  if (items.length === 0) return [asked(reference.base, version, file)];
  return items.map(([folder, { sha, version: tag, branch }]) => {
    const revision = (sha ?? tag ?? branch)?.text ?? version;
    return isOci
      ? asked(`${reference.base}/${folder}`, revision, file)
      : asked(reference.base, revision, `${folder}/${file}`);
  });
}

export function helmSource(source: HelmImport, report: Report): PackageSource | undefined {
  const { repo, chart, version, path, valueFiles = [], values } = source;
  if (repo === undefined || chart === undefined || version === undefined) return undefined;
  const files = valueFiles.map(({ text, node }) => {
    const location = locationFrom(node.position.file, text);
    return location?.startsWith('/') === true ? location : report(node, `"${text}" is no file of this machine`);
  });
  if (files.includes(undefined)) return undefined;
  const inline: JsonValue = values === undefined ? {} : toJson(values);
  return {
    request: {
      kind: 'helm',
      repo: repo.text,
      chart: chart.text,
      version: version.text,
      ...(path === undefined ? {} : { template: path.text }),
      valueFiles: files.filter((file) => file !== undefined),
      values: stableStringify(inline),
    },
    path: undefined,
  };
}

/** A version after `@`, else after `:`, each behind the last `/`: a login before a host is none. */
export function splitVersion(reference: string): { readonly base: string; readonly version: string | undefined } {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const at = name.lastIndexOf('@');
  const mark = at >= 0 ? at : name.lastIndexOf(':');
  if (mark < 0) return { base: reference, version: undefined };
  const start = reference.length - name.length;
  return { base: reference.slice(0, start + mark), version: name.slice(mark + 1) };
}

/** A digest stands behind `@`, a tag behind `:`. */
export function ociRequest(base: string, version: string | undefined, login: SourceLogin | undefined): SourceRequest {
  const name = base.startsWith('oci://') ? base : `oci://${base}`;
  const isDigest = version?.startsWith('sha256:') === true;
  const reference = `${name}${isDigest ? '@' : ':'}${version ?? 'latest'}`;
  return { kind: 'oci', reference, ...(login === undefined ? {} : { login }) };
}

export function gitRequest(url: string, revision: string | undefined, login: SourceLogin | undefined): SourceRequest {
  return { kind: 'git', url, revision: revision ?? 'main', ...(login === undefined ? {} : { login }) };
}

/** Undefined after a problem: which variables a type needs. */
export function loginOf(auth: LoginFields, report: Report): SourceLogin | undefined {
  const { type, fromEnv, usernameFromEnv, passwordFromEnv, node } = auth;
  if (type === undefined) return undefined;
  if (type === 'basic') {
    if (usernameFromEnv === undefined) return report(node, 'auth of type basic needs "usernameFromEnv"');
    const password = passwordFromEnv === undefined ? {} : { passwordFromEnv: passwordFromEnv.text };
    return { type, usernameFromEnv: usernameFromEnv.text, ...password };
  }
  if (fromEnv === undefined) return report(node, `auth of type ${type} needs "fromEnv"`);
  return { type, fromEnv: fromEnv.text };
}
