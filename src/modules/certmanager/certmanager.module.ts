import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../konfig';
import { SERVING_CERTIFICATE } from './certmanager.tokens';
import { readServingCertificate, type ServingCertificate } from './serving-certificate';

/** Hands the serving certificate to the gateway; undefined when none is configured. */
@Module({
  providers: [
    {
      provide: SERVING_CERTIFICATE,
      inject: [SETTINGS],
      useFactory: ({ tls }: Settings): ServingCertificate | undefined =>
        tls === undefined ? undefined : readServingCertificate(tls.certFile, tls.keyFile),
    },
  ],
  exports: [SERVING_CERTIFICATE],
})
export class CertManagerModule {}
