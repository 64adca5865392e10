// Who is told what: docs/reference/katalog.md, notification.
import { bool, durationBetween, email, list, literal, mapOf, object, optional, text, urlOrEnv } from '../../schema';

const interval = durationBetween(1_000, 24 * 86_400_000);

const team = object('team', {
  email: optional(list(email), 'Recipients; the mail server stands in the environment (SMTP_HOST, ...).'),
  slack: optional(list(literal), 'Channels.'),
  slackWebhookUrl: optional(urlOrEnv, 'Where messages to Slack go.', { default: 'that of defaults' }),
  interval: optional(interval, 'Least time between two messages of one condition.', { default: 'that of defaults' }),
  message: optional(text, 'Text of messages.'),
});

export const notificationField = object('notification', {
  enabled: optional(bool, 'Whether anybody is told anything.', { default: 'true' }),
  standalone: optional(bool, 'The runtime sends by itself; else a gateway does.', {
    default: 'false in a cluster, else true',
  }),
  defaults: optional(
    object('notification defaults', {
      interval: optional(interval, 'Least time between two messages of one condition.', { default: '15m' }),
      slackWebhookUrl: optional(urlOrEnv, 'Where messages to Slack go.'),
      message: optional(text, 'Text of messages.'),
    }),
    'For all teams.',
  ),
  teams: optional(mapOf(team), 'Teams, by the name that "notify" of a condition uses.'),
});
