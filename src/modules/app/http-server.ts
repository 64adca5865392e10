// The HTTP server of a process. The gateway serves TLS when a certificate is configured.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DynamicModule } from '@nestjs/common';
import { jsonText } from '../common';
import { CertManagerModule, SERVING_CERTIFICATE, type ServingCertificate } from '../certmanager';
import { KonfigModule, SETTINGS, type Settings } from '../konfig';
import { bindPort } from '../net';
import { PROCESS_ROLES, type ProcessRole } from './process-role';

/** Errors of providers (a bad Katalog, no cluster) reject as they were thrown. */
export async function createApp(role: ProcessRole, root: DynamicModule): Promise<NestFastifyApplication> {
  const certificate = role === 'gateway' ? await servingCertificate() : undefined;
  const adapter = new FastifyAdapter({
    forceCloseConnections: true,
    ...(certificate === undefined ? {} : { https: { cert: certificate.certPem, key: certificate.keyPem } }),
  });
  // Custom resources are shown as they are, whole numbers of an int64 too.
  adapter.getInstance().setReplySerializer((payload) => jsonText(payload));
  return NestFactory.create<NestFastifyApplication>(root, adapter, { abortOnError: false, logger: false });
}

/**
 * Binds the port and gives the address that people can open. Rejects with a UserError when a requested port is taken.
 * Not with Nest's `listen`: it logs every port that is taken, beside the one message that we have for it.
 */
export async function listen(app: NestFastifyApplication): Promise<string> {
  const { http } = app.get<Settings>(SETTINGS);
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  await bindPort(http, (port) => fastify.listen({ port, host: http.host }));
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : http.port;
  const scheme = 'setSecureContext' in app.getHttpServer() ? 'https' : 'http';
  return `${scheme}://${reachable(http.host)}:${port}`;
}

/** A host to ask for a process that listens on `host`, from this machine. */
function reachable(host: string): string {
  if (['0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The certificate is needed before the application exists, so a small context reads it. */
async function servingCertificate(): Promise<ServingCertificate | undefined> {
  const { portDefault } = PROCESS_ROLES.gateway;
  const module = { module: CertificateContext, imports: [KonfigModule.forProcess(portDefault), CertManagerModule] };
  const context = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });
  const certificate = context.get<ServingCertificate | undefined>(SERVING_CERTIFICATE, { strict: false });
  await context.close();
  return certificate;
}

class CertificateContext {}
