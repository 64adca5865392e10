// What must hold before a Katalog goes to a registry: docs/reference/katalog.md, publish.
import { bool, envReference, object, oneOf, optional } from '../../schema';

export const publishField = object('publish', {
  signing: optional(
    object('signing', {
      enabled: optional(bool, 'What is pushed is signed.', { default: 'false' }),
      key: optional(envReference, 'The private key, in PEM.'),
    }),
    'Signatures.',
  ),
  gates: optional(
    object('quality gates', {
      validate: optional(oneOf(['errors', 'warnings']), 'What the check may not find.', { default: 'errors' }),
      simulate: optional(bool, 'The Simulate files beside it must pass.', { default: 'false' }),
      e2e: optional(bool, 'The E2E files beside it must pass.', { default: 'false' }),
    }),
    'What is run first.',
  ),
});
