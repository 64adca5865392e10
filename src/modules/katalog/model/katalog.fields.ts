// The file: docs/reference/katalog.md is made from these descriptions.
import { bool, later, list, literal, mapOf, object, optional, required, unsupported } from '../../schema';
import { crdField } from './crd.fields';
import { gatewayField } from './gateway.fields';
import { lifecycleField, policyField } from './lifecycle.fields';
import { metadataField } from './metadata.fields';
import { motifImportField } from './motif.fields';
import { notesField } from './notes.fields';
import { notificationField } from './notification.fields';
import { providersField } from './providers.fields';
import { publishField } from './publish.fields';
import { securityField } from './security.fields';

const spec = object('spec', {
  finalizers: optional(list(literal), 'Finalizers for every CRD.'),
  crds: required(mapOf(crdField), 'CRDs by name.'),
  imports: optional(list(motifImportField), 'Motifs whose notes and profiles join those of this Katalog.'),
});

export const katalogField = object('Katalog', {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  kind: required(literal, 'Katalog'),
  metadata: required(metadataField, 'Name and description.'),
  spec: required(spec, 'The CRDs.'),
  notes: optional(notesField, 'Functions for the templates of this Katalog.'),
  lifecycle: optional(lifecycleField, 'How far it can be relied on; for tools, a runtime does not look at it.'),
  policy: later(policyField, 'What imports must be like.', 'import policies'),
  imports: unsupported('imports (a Komposer has them)'),
  security: optional(securityField, 'Webhooks and what they guard.'),
  crossAccess: later(bool, 'Whether CRDs may read the CRs of each other; each CRD may say otherwise.', 'cross reads', {
    default: 'true',
    runs: (it) => it,
  }),
  gateway: later(gatewayField, 'The gateway process.', 'the gateway'),
  publish: later(publishField, 'What must hold before it goes to a registry.', 'publishing'),
  notification: later(notificationField, 'Teams, and how they are told.', 'notifications'),
  profiles: unsupported('user-defined profiles'),
  providers: later(providersField, 'External systems.', 'providers'),
});

export type KatalogFile = NonNullable<ReturnType<typeof katalogField.decode>>;
