// How far a Katalog is, and what it may be made of: docs/reference/katalog.md, lifecycle and policy.
import { date, list, literal, object, oneOf, optional, required, semverRange } from '../../schema';

/** From the least to the most that can be relied on; `deprecated` stands aside. */
export const MATURITIES = ['alpha', 'beta', 'stable', 'deprecated'] as const;

export const lifecycleField = object('lifecycle', {
  maturity: optional(oneOf(MATURITIES), 'How far it can be relied on.'),
  deprecation: optional(
    object('deprecation', {
      timeline: optional(
        object('timeline', {
          from: optional(date, 'From this day on users are warned.'),
          to: optional(date, 'From this day on it is at its end.'),
        }),
        'When.',
      ),
      migratedTo: optional(literal, 'What to use instead.'),
      message: optional(literal, 'What users are told.'),
    }),
    'That it goes away.',
  ),
  compatibility: optional(
    object('compatibility', {
      kubernetes: optional(semverRange, 'Versions of Kubernetes that it was tried on.'),
      orkestra: optional(semverRange, 'Versions of Orkestra that it was tried on.'),
    }),
    'What it was tried on.',
  ),
  accept: optional(
    object('accept', {
      patterns: optional(
        list(
          object('accepted pattern', {
            name: required(literal, 'Name of the import.'),
            author: optional(literal, 'Its author.', { default: 'any' }),
            version: optional(semverRange, 'Its versions.', { default: 'all' }),
          }),
        ),
        'Imports whose state is known and accepted.',
      ),
    }),
    'In a Komposer only.',
  ),
});

export const policyField = object('policy', {
  lifecycle: optional(
    object('lifecycle policy', {
      minMaturity: optional(oneOf(['alpha', 'beta', 'stable']), 'Imports that are not so far are refused.'),
    }),
    'About the maturity of imports.',
  ),
});
