/** L3: channels, and later the rules, that tell people what happened. */
export type { Mail, MailChannel } from './channels/smtp.channel';
export { NotificationModule } from './notification.module';
export { MAIL_CHANNEL } from './notification.tokens';
