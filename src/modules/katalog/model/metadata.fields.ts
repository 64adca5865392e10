// metadata of a file: docs/reference/katalog.md, metadata.
import { anything, dnsLabel, list, literal, mapOf, object, optional, required, semver } from '../../schema';

export const metadataField = object('metadata', {
  name: required(dnsLabel, 'Name of the Katalog.'),
  namespace: optional(dnsLabel, 'Logical tenant that groups CRDs in the UI.', { default: 'default' }),
  clusterName: optional(literal, 'Shown by the HTTP API.', { default: 'CLUSTER_NAME of the environment' }),
  description: optional(literal, 'What it is for.'),
  version: optional(semver, 'Version of the Katalog.'),
  author: optional(literal, 'Who wrote it.'),
  license: optional(literal, 'Licence.'),
  tags: optional(list(literal), 'For registries.'),
  createdBy: optional(literal, 'What made the file.', { default: 'operator' }),
  projects: optional(mapOf(anything), 'Data of tools; nothing else reads it.'),
});
