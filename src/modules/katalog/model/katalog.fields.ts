// The file: docs/reference/katalog.md is made from these descriptions.
import { bool, later, list, literal, mapOf, object, optional, required } from '../../schema';
import { crdField } from './crd.fields';
import { gatewayField } from './gateway.fields';
import { lifecycleField, policyField } from './lifecycle.fields';
import { metadataField } from './metadata.fields';
import { motifImportField } from './motif.fields';
import { notesField } from './notes.fields';
import { notificationField } from './notification.fields';
import { profilesField } from './profiles.fields';
import { providersField } from './providers.fields';
import { publishField } from './publish.fields';
import { securityField } from './security.fields';

/** What `spec` has besides CRDs. */
export const sharedSpecProperties = {
  finalizers: optional(list(literal), 'Finalizers for every CRD.'),
  imports: optional(list(motifImportField), 'Motifs whose notes and profiles join those of this Katalog.'),
} as const;

const spec = object('spec', { ...sharedSpecProperties, crds: required(mapOf(crdField), 'CRDs by name.') });

/** What a Komposer has, too. */
export const sharedProperties = {
  apiVersion: required(literal, 'orkestra.orkspace.io/v1'),
  metadata: required(metadataField, 'Name and description.'),
  notes: optional(notesField, 'Functions for the templates of this Katalog.'),
  policy: optional(policyField, 'In a Komposer only: what imports must be like.'),
  lifecycle: optional(lifecycleField, 'How far it can be relied on; for tools, a runtime does not look at it.'),
  security: optional(securityField, 'Webhooks and what they guard.'),
  crossAccess: later(bool, 'Whether CRDs may read the CRs of each other; each CRD may say otherwise.', 'cross reads', {
    default: 'true',
    runs: (it) => it,
  }),
  gateway: later(gatewayField, 'The gateway process.', 'the gateway'),
  publish: later(publishField, 'What must hold before it goes to a registry.', 'publishing'),
  notification: later(notificationField, 'Teams, and how they are told.', 'notifications'),
  providers: later(providersField, 'External systems.', 'providers'),
} as const;

/** As sharedProperties, behind spec: the reference tells of blocks of entries before it tells of their profiles. */
export const profilesProperty = optional(profilesField, 'Names that entries may write in the place of values.');

export const katalogField = object('Katalog', {
  ...sharedProperties,
  kind: required(literal, 'Katalog'),
  spec: required(spec, 'The CRDs.'),
  profiles: profilesProperty,
});

export type KatalogFile = NonNullable<ReturnType<typeof katalogField.decode>>;

/** The Katalog's own namespace: a name for grouping, where people look at several Katalogs. */
export function namespaceOf({ metadata }: KatalogFile): string {
  return metadata?.namespace?.text ?? 'default';
}
