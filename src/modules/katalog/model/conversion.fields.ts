// Between versions of a CRD: docs/reference/katalog.md, conversion.
import { anything, bareVersion, bool, list, mapOf, object, optional, required } from '../../schema';
import { include } from './include';

export const conversionField = object('conversion', {
  storageVersion: optional(bareVersion, 'The version that is stored.'),
  paths: optional(
    list(
      object('conversion path', {
        from: required(bareVersion, 'Version of the source.'),
        to: required(bareVersion, 'Version of the result.'),
        spec: required(
          mapOf(anything),
          'The whole spec of the result: texts are templates over the source object. What is not listed is not in the result.',
        ),
      }),
    ),
    'One for each pair of versions; there is no way through a third one.',
  ),
  updateCRD: optional(bool, 'The gateway writes its address and CA into the CRD.', { default: 'false' }),
  participant: optional(bool, 'On the entry of the other version: the paths stand on one entry only.', {
    default: 'false',
  }),
  include: include('paths'),
});
