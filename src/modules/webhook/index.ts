/** L4: admission, conversion and protection webhooks. */
export { WebhookModule } from './webhook.module';
