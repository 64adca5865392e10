/** L4: the certificates of the webhook server. */
export { CertManagerModule } from './certmanager.module';
export { SERVING_CERTIFICATE } from './certmanager.tokens';
export { readServingCertificate, type ServingCertificate } from './serving-certificate';
