// spec.conversion: the strategy, and who converts when a webhook does.
import { type JsonObject } from '../../../common';
import { type FieldCause, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../../schema';
import { items, part, textAt } from '../../kinds';
import { rfc1035LabelProblems } from '../../selectors';
import { serviceReferenceProblems, webhookUrlProblems } from './webhook-client-rules';

const PATH = 'spec.conversion';
const CLIENT = `${PATH}.webhookClientConfig`;
const REVIEWS = `${PATH}.conversionReviewVersions`;
const STRATEGIES = ['None', 'Webhook'];
/** Versions of ConversionReview that the server itself can send. */
const KNOWN_REVIEWS = ['v1', 'v1beta1'];

export function conversionProblems(conversion: JsonObject | undefined): readonly FieldCause[] {
  if (conversion === undefined) return [];
  const strategy = textAt(conversion, 'strategy');
  const webhook = part(conversion, 'webhook');
  const client = part(webhook, 'clientConfig');
  const reviews = items(webhook, 'conversionReviewVersions').filter((version) => typeof version === 'string');
  const problems: FieldCause[] = [];
  if (strategy === '') problems.push(requiredCause(`${PATH}.strategy`));
  else if (!STRATEGIES.includes(strategy)) {
    problems.push(notSupportedCause(`${PATH}.strategy`, strategy, STRATEGIES));
  }
  if (strategy === 'Webhook') return [...problems, ...clientProblems(client), ...reviewProblems(reviews)];
  const detail = 'should not be set when strategy is not set to Webhook';
  if (client !== undefined) problems.push(forbiddenCause(CLIENT, detail));
  if (reviews.length > 0) problems.push(forbiddenCause(REVIEWS, detail));
  return problems;
}

function clientProblems(client: JsonObject | undefined): readonly FieldCause[] {
  if (client === undefined) return [requiredCause(CLIENT, 'required when strategy is set to Webhook')];
  const url = client['url'];
  const service = part(client, 'service');
  if ((typeof url === 'string') === (service !== undefined)) {
    return [requiredCause(CLIENT, 'exactly one of url or service is required')];
  }
  if (typeof url === 'string') return webhookUrlProblems(url, `${CLIENT}.url`);
  return serviceReferenceProblems(service ?? {}, `${CLIENT}.service`);
}

function reviewProblems(versions: readonly string[]): readonly FieldCause[] {
  if (versions.length === 0) return [requiredCause(REVIEWS)];
  const problems: FieldCause[] = [];
  versions.forEach((version, index) => {
    const field = `${REVIEWS}[${index}]`;
    if (versions.indexOf(version) < index) problems.push(invalidCause(field, version, 'duplicate version'));
    else problems.push(...rfc1035LabelProblems(version).map((text) => invalidCause(field, version, text)));
  });
  if (!versions.some((version) => KNOWN_REVIEWS.includes(version))) {
    problems.push(invalidCause(REVIEWS, versions, `must include at least one of ${KNOWN_REVIEWS.join(', ')}`));
  }
  return problems;
}
