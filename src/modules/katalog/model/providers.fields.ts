// External systems: docs/reference/katalog.md, providers.
import { anything, bool, dnsLabel, list, literal, mapOf, object, optional, required } from '../../schema';

export const providersField = list(
  object('provider', {
    name: required(dnsLabel, 'Name of the provider.'),
    required: optional(bool, 'Nothing starts without it.', { default: 'false' }),
    auth: optional(mapOf(literal), 'What it needs to sign in; a value such as $TOKEN is read from the environment.'),
  }),
);

/** By provider; what an item holds is the provider's business, texts are templates. */
export const providerBlocksField = mapOf(list(mapOf(anything)));
