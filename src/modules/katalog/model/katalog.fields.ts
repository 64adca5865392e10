// The file: docs/reference/katalog.md is made from these descriptions.
import { list, literal, mapOf, object, optional, required, unsupported } from '../../schema';
import { crdField } from './crd.fields';
import { dnsLabel } from '../../schema';
import { notesField } from './notes.fields';

const metadata = object('metadata', {
  name: required(dnsLabel, 'Name of the Katalog.'),
  namespace: optional(dnsLabel, 'Logical tenant that groups CRDs in the UI; default "default".'),
  clusterName: optional(literal, 'Shown by the HTTP API.'),
  description: optional(literal, 'What it is for.'),
  version: optional(literal, 'Version of the Katalog.'),
  author: optional(literal, 'Who wrote it.'),
  license: optional(literal, 'Licence.'),
  tags: optional(list(literal), 'For registries.'),
  createdBy: optional(literal, 'Default "operator".'),
  projects: unsupported('tooling data'),
  deprecation: unsupported('deprecation notices'),
});

const spec = object('spec', {
  finalizers: optional(list(literal), 'Finalizers for every CRD.'),
  crds: required(mapOf(crdField), 'CRDs by name.'),
  imports: unsupported('Motifs'),
});

export const katalogField = object('Katalog', {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  kind: required(literal, 'Katalog'),
  metadata: required(metadata, 'Name and description.'),
  spec: required(spec, 'The CRDs.'),
  notes: optional(notesField, 'Functions for the templates of this Katalog.'),
  lifecycle: unsupported('lifecycle'),
  policy: unsupported('import policies'),
  imports: unsupported('imports (a Komposer has them)'),
  security: unsupported('webhook security'),
  crossAccess: unsupported('cross reads'),
  gateway: unsupported('the gateway block'),
  publish: unsupported('publishing'),
  notification: unsupported('notifications'),
  profiles: unsupported('user-defined profiles'),
  providers: unsupported('providers'),
});

export type KatalogFile = NonNullable<ReturnType<typeof katalogField.decode>>;
