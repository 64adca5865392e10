// Komposers: docs/reference/komposer.md.
import { literal, mapOf, object, optional, required } from '../../schema';
import { crdField } from './crd.fields';
import { importsField } from './imports.fields';
import { profilesProperty, sharedProperties, sharedSpecProperties } from './katalog.fields';

/** The file. */
export const komposerField = object('Komposer', {
  ...sharedProperties,
  kind: required(literal, 'Komposer'),
  imports: optional(importsField, 'Katalogs that this one is made of.'),
  spec: optional(
    object('Komposer spec', {
      ...sharedSpecProperties,
      crds: optional(mapOf(crdField), 'What is said of imported CRDs, by their names, and CRDs of its own.'),
    }),
    'Overrides of what is imported, and more CRDs.',
  ),
  profiles: profilesProperty,
});
