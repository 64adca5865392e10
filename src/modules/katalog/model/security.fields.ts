// What guards CRs and CRDs: docs/reference/katalog.md, security.
import { bool, dnsLabel, extendedDurationBetween, integer, later, list, object, oneOf, optional } from '../../schema';

const YEAR_MS = 365 * 86_400_000;
const failurePolicy = oneOf(['Fail', 'Ignore']);
/** Names of namespaces, exactly. */
const namespaces = list(dnsLabel);

const registration = {
  serviceName: optional(dnsLabel, 'Service of the gateway.', { default: 'ORK_GATEWAY_SERVICE_NAME' }),
  cleanupOnShutdown: optional(bool, 'The registration goes when the gateway stops.', { default: 'false' }),
};

const serviceName = object('service names', {
  runtime: optional(dnsLabel, 'Service of the runtime.', { default: 'ORK_SERVICE_NAME' }),
  gateway: optional(dnsLabel, 'Service of the gateway.', { default: 'ORK_GATEWAY_SERVICE_NAME' }),
});

const deletionProtection = object('deletion protection', {
  enabled: optional(bool, 'Objects with the label of Orkestra cannot be deleted.', { default: 'true' }),
  failurePolicy: optional(failurePolicy, 'What happens when the gateway does not answer.', { default: 'Fail' }),
  strictMode: optional(bool, 'Taking the label away counts as deletion.', { default: 'false' }),
  ...registration,
});

const namespaceProtection = object('namespace protection', {
  enabled: optional(bool, 'The namespaces of CRs are checked at admission.', { default: 'true' }),
  failurePolicy: optional(failurePolicy, 'What happens when the gateway does not answer.', { default: 'Fail' }),
  restrictedNamespaces: optional(namespaces, 'No CR may be here; added to the list of each CRD.'),
  allowedNamespaces: optional(namespaces, 'CRs may be here only; added to the list of each CRD.'),
  ...registration,
});

const webhooks = object('webhook settings', {
  admission: optional(
    object('admission', {
      enabled: optional(bool, 'Rules are checked at admission.', { default: 'ENABLE_ADMISSION_WEBHOOK, else false' }),
    }),
    'Validation and mutation at admission.',
  ),
  failurePolicy: optional(failurePolicy, 'What happens when the gateway does not answer.', {
    default: 'WEBHOOK_FAILURE_POLICY, else Ignore',
  }),
  ...registration,
});

const conversion = object('conversion settings', {
  enabled: optional(bool, 'The gateway converts.', { default: 'ENABLE_CONVERSION, else false' }),
  conversionWindow: optional(integer(1, 100_000), 'Conversions that the statistics look back on.', { default: '100' }),
});

const extended = extendedDurationBetween(60_000, 10 * YEAR_MS);
const certManager = object('certificates', {
  autoRotate: optional(bool, 'Certificates of our own are renewed in time.', { default: 'TLS_AUTO_ROTATE, else true' }),
  rotationThreshold: optional(extended, 'How long before its end one is renewed.', { default: '30d' }),
  validFor: optional(extended, 'How long one is valid.', { default: '1y' }),
});

export const securityField = object('security', {
  serviceName: later(serviceName, 'Services that the webhooks are reached by.', 'the gateway'),
  deletionProtection: later(deletionProtection, 'Against deletion by accident.', 'deletion protection'),
  namespaceProtection: later(namespaceProtection, 'Where CRs may be.', 'namespace rules'),
  webhooks: later(webhooks, 'Admission.', 'webhooks'),
  conversion: later(conversion, 'Conversion between versions.', 'conversion'),
  certManager: later(certManager, 'Certificates of the gateway.', 'webhooks'),
});

/** Of one CRD, in place of the global settings. */
export const crdProtectionField = object('CRD deletion protection', {
  protectCRD: optional(bool, 'The CRD itself.', { default: 'true' }),
  protectCRs: optional(bool, 'Its CRs.', { default: 'true' }),
  strictMode: optional(bool, 'Taking the label away counts as deletion.', { default: 'that of security' }),
});

export const crdWebhooksField = object('CRD webhooks', {
  validation: optional(bool, 'Validation rules are checked at admission, too.', { default: 'true' }),
  mutation: optional(bool, 'Mutation rules are applied at admission, too.', { default: 'true' }),
  operations: optional(list(oneOf(['CREATE', 'UPDATE', 'DELETE', 'CONNECT'])), 'Which requests.', {
    default: 'CREATE, UPDATE',
  }),
});

/** allowedNamespaces, restrictedNamespaces. */
export const namespacesField = namespaces;
