import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../konfig';
import { type MailChannel, SmtpChannel } from './channels/smtp.channel';
import { MAIL_CHANNEL } from './notification.tokens';

/** Channels that reach people. Rules that use them (the Katalog's `notification` block) are not supported yet. */
@Module({
  providers: [
    {
      provide: MAIL_CHANNEL,
      inject: [SETTINGS],
      useFactory: ({ smtp }: Settings): MailChannel | undefined =>
        smtp === undefined ? undefined : new SmtpChannel(smtp),
    },
  ],
  exports: [MAIL_CHANNEL],
})
export class NotificationModule {}
