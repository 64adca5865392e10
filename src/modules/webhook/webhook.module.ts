import { Module } from '@nestjs/common';
import { CertManagerModule } from '../certmanager';
import { WebhookController } from './server/webhook.controller';

/** The admission and conversion server of the gateway process. */
@Module({ imports: [CertManagerModule], controllers: [WebhookController] })
export class WebhookModule {}
