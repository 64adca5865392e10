// The HTTP server of a process. The gateway serves TLS when a certificate is configured.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DynamicModule } from '@nestjs/common';
import { CertManagerModule, SERVING_CERTIFICATE, type ServingCertificate } from '../certmanager';
import { OrkestraError } from '../common';
import { KonfigModule, SETTINGS, type Settings } from '../konfig';
import { PROCESS_ROLES, type ProcessRole } from './process-role';

/** Errors of providers (a bad Katalog, no cluster) reject as they were thrown. */
export async function createApp(role: ProcessRole, root: DynamicModule): Promise<NestFastifyApplication> {
  const certificate = role === 'gateway' ? await servingCertificate() : undefined;
  const adapter = new FastifyAdapter({
    forceCloseConnections: true,
    ...(certificate === undefined ? {} : { https: { cert: certificate.certPem, key: certificate.keyPem } }),
  });
  return NestFactory.create<NestFastifyApplication>(root, adapter, { abortOnError: false, logger: false });
}

/** Binds the port and gives the address that people can open. */
export async function listen(app: NestFastifyApplication): Promise<string> {
  const { http } = app.get<Settings>(SETTINGS);
  try {
    await app.listen(http.port, http.host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new OrkestraError({
      code: 'PORT_IN_USE',
      kind: 'UserError',
      message: `port ${http.port} on ${http.host} is in use by another process; choose one with --port or ORK_PORT`,
      cause: error,
    });
  }
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : http.port;
  const host = ['0.0.0.0', '::'].includes(http.host) ? 'localhost' : http.host;
  const scheme = 'setSecureContext' in app.getHttpServer() ? 'https' : 'http';
  return `${scheme}://${host}:${port}`;
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
