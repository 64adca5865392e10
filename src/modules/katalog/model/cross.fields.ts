// Reads of CRs of other CRDs: docs/reference/katalog.md, cross.
import { crossSource } from '../../expression';
import {
  format,
  identifier,
  labelKey,
  labelValue,
  list,
  mapOf,
  namespaceTemplate,
  object,
  objectNameTemplate,
  oneOf,
  optional,
  text,
} from '../../schema';

const selector = object('cross selector', {
  name: optional(objectNameTemplate, 'Name of the CR.'),
  namespace: optional(namespaceTemplate, 'Namespace of the CR.', { default: 'that of this CR' }),
  matchLabels: optional(mapOf(text, labelKey), 'A CR with these labels; name and namespace are then not looked at.'),
});

export const crossField = list(
  object('cross read', {
    crd: optional(
      format({ words: 'the name of a CRD entry', test: (name) => /^[A-Za-z0-9][-A-Za-z0-9 ]*$/.test(name) }),
      'The other CRD, by its name under spec.crds (of this or of the other runtime); excludes labelSelector.',
    ),
    labelSelector: optional(mapOf(labelValue, labelKey), 'The CRD entry that has this labelSelector; excludes crd.'),
    selector: optional(selector, 'Which CR.'),
    as: optional(identifier, 'The result stands at .cross.<as>.', { default: 'the value of crd' }),
    strategy: optional(oneOf(['first', 'all']), 'One CR, or the list of all that match.', { default: 'first' }),
    source: optional(crossSource, 'Another runtime.', { default: 'this one' }),
  }),
);
