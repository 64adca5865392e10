// imports of a Komposer: docs/reference/komposer.md, imports.
import { anything, bool, either, list, literal, mapOf, object, oneOf, optional, required } from '../../schema';
import { type SourceNode } from '../../common';

const isScalar = (node: SourceNode): boolean => node.kind === 'scalar';

export const loginField = object('auth', {
  type: required(oneOf(['bearer', 'github', 'basic']), 'How the credentials are sent.'),
  fromEnv: optional(literal, 'Environment variable with the token; for bearer and github.'),
  usernameFromEnv: optional(literal, 'Environment variable with the user name; for basic.'),
  passwordFromEnv: optional(literal, 'Environment variable with the password; for basic. Unset: empty.'),
});

export type LoginFields = NonNullable<ReturnType<typeof loginField.decode>>;

const fileImport = object('file import', {
  url: required(literal, 'Path beside this file, http(s) URL, or $VARIABLE that holds one of them.'),
  auth: optional(loginField, 'Credentials for a URL.'),
});

const revision = object('revision', {
  sha: optional(literal, 'Commit; goes before version and branch.'),
  version: optional(literal, 'Tag; goes before branch.'),
  branch: optional(literal, 'Branch; default main.'),
});

const registryImport = object('registry import', {
  url: required(literal, 'oci://host/repository:tag, or the URL of a Git repository; @version or :tag may follow.'),
  version: optional(literal, 'When the URL has none; default latest (OCI) or main (Git).'),
  oci: optional(bool, 'A reference without oci:// is one of a registry; default false.'),
  useKomposer: optional(bool, 'Load komposer.yaml in the place of katalog.yaml; default false.'),
  auth: optional(loginField, 'Credentials; default for registries: those of docker login.'),
  katalog: optional(mapOf(revision), 'Several Katalogs of one repository: folder, and the revision of each.'),
});

const helmImport = object('helm import', {
  repo: required(literal, 'URL of the chart repository, or oci://host/path.'),
  chart: required(literal, 'Name of the chart.'),
  version: required(literal, 'Exact version of the chart.'),
  path: optional(literal, 'Only what this template of the chart renders.'),
  valueFiles: optional(list(literal), 'Files with values, beside this file; a later one wins.'),
  values: optional(anything, 'Values; they win over files.'),
});

export const importsField = object('imports', {
  registry: optional(
    list(either(isScalar, literal, registryImport)),
    'Katalogs from OCI registries and Git repositories.',
  ),
  files: optional(list(either(isScalar, literal, fileImport)), 'Katalogs from files and URLs.'),
  helm: optional(list(helmImport), 'Katalogs that a Helm chart renders.'),
});

export type ImportsFields = NonNullable<ReturnType<typeof importsField.decode>>;
export type FileImport = NonNullable<ReturnType<typeof fileImport.decode>>;
export type RegistryImport = NonNullable<ReturnType<typeof registryImport.decode>>;
export type HelmImport = NonNullable<ReturnType<typeof helmImport.decode>>;
