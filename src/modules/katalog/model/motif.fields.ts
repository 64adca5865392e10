// A Motif, and how it is imported: docs/reference/motif.md is made from these descriptions.
import {
  anything,
  bool,
  dnsLabel,
  identifier,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  required,
  semver,
  text,
} from '../../schema';
import { blockProperties, deletionField, entryLists } from './block.fields';
import { loginField } from './imports.fields';
import { notesField } from './notes.fields';
import { profilesField } from './profiles.fields';
import { mutationField, validationField } from './rules.fields';
import { statusField } from './status.fields';

/** One Motif that is imported. */
export const motifImportField = object('Motif import', {
  motif: required(
    literal,
    'A file or folder beside this file, an http(s) URL, the URL of a Git repository, or oci://host/repository; a version may follow behind "@".',
  ),
  version: optional(literal, 'Version of the package when the reference has none.', {
    default: 'latest of a registry, main of a Git repository',
  }),
  oci: optional(bool, 'A reference without oci:// is one of a registry.', { default: 'false' }),
  auth: optional(loginField, 'Credentials; those of docker login are used for registries without.'),
  with: optional(mapOf(text), 'Values of the inputs; a value may be a template over the CR.'),
});

export type MotifImport = NonNullable<ReturnType<typeof motifImportField.decode>>;

const metadata = object('Motif metadata', {
  name: required(dnsLabel, 'Name of the Motif.'),
  description: optional(literal, 'What it is for.'),
  version: optional(semver, 'Version of the Motif.'),
  author: optional(literal, 'Who wrote it.'),
  license: optional(literal, 'Licence.'),
  tags: optional(list(literal), 'For registries.'),
});

/** Types of inputs; a value that is a template is checked where its result goes. */
export const INPUT_TYPES = ['string', 'integer', 'number', 'bool', 'boolean'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

const input = object('input', {
  name: required(identifier, 'Templates of the Motif name it as .inputs.NAME.'),
  description: optional(literal, 'What it is for.'),
  required: optional(bool, 'Every import gives a value.', { default: 'false' }),
  type: optional(oneOf(INPUT_TYPES), 'What its value has to be; a value of the file has this type.', {
    default: 'string',
  }),
  default: optional(text, 'Value when the import gives none.', { default: '""' }),
});

export type MotifInput = NonNullable<ReturnType<typeof input.decode>>;

const about = {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  kind: required(literal, 'Motif'),
  metadata: required(metadata, 'Name and description.'),
  inputs: optional(list(input), 'What an import may set.'),
  imports: optional(list(motifImportField), 'Other Motifs; their values may use the inputs of this one.'),
} as const;

const created = object('onCreate of a Motif', { ...entryLists, ...blockProperties });

const resources = object('Motif resources', {
  ...entryLists,
  ...blockProperties,
  onCreate: optional(created, 'Children that are created when absent; they join onCreate.'),
  onDelete: optional(deletionField, 'What happens before a CR goes; it joins onDelete.'),
});

const admission = object('Motif admission', {
  validation: optional(validationField, 'Rules; they come after those of the CRD entry.'),
  mutation: optional(mutationField, 'Rules; they come after those of the CRD entry.'),
});

/** The language of a Motif, for people and editors. */
export const motifField = object('Motif', {
  ...about,
  resources: optional(resources, 'Children that are kept as declared; they join onReconcile of the importing CRD.'),
  status: optional(statusField, 'Fields; they come after those of the importing CRD.'),
  admission: optional(admission, 'Rules that join those of the importing CRD.'),
  profiles: optional(profilesField, 'Profiles for the Katalog; only for imports at spec.imports.'),
  notes: optional(notesField, 'Functions for the templates of the Katalog; only for imports at spec.imports.'),
});

/**
 * What is decoded of a Motif itself. Its blocks hold templates in places of numbers and booleans: they are decoded when
 * they stand in a CRD entry with values for the inputs.
 */
export const motifHeadField = object('Motif', {
  ...about,
  resources: optional(anything, ''),
  status: optional(anything, ''),
  admission: optional(anything, ''),
  profiles: optional(anything, ''),
  notes: optional(anything, ''),
});

export type MotifHead = NonNullable<ReturnType<typeof motifHeadField.decode>>;
