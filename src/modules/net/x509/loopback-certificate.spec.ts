import { createPrivateKey, X509Certificate } from 'node:crypto';
import { loopbackCertificate } from './loopback-certificate';

it('a loopback certificate is signed by its authority, names loopback and fits its key', async () => {
  const now = Date.now();
  const { caPem, certPem, keyPem } = await loopbackCertificate('test', now);
  const ca = new X509Certificate(caPem);
  const certificate = new X509Certificate(certPem);
  expect(ca.ca).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(ca.publicKey)).toBe(true);
  expect(certificate.checkIssued(ca)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect(new Date(certificate.validFrom).getTime()).toBeLessThanOrEqual(now);
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(now);
});
