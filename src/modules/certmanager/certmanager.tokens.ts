/** Injects `ServingCertificate | undefined`. */
export const SERVING_CERTIFICATE = Symbol('SERVING_CERTIFICATE');
