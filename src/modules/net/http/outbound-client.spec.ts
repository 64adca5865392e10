import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../konfig';
import { loopbackCertificate } from '../x509/loopback-certificate';
import { answer, LoopbackServer } from '../testing/loopback-server';
import { outboundClient } from './outbound-client';

describe('outboundClient', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ork-http-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('does what the variables say', async () => {
    const { caPem, certPem, keyPem } = await loopbackCertificate('test', Date.now());
    const server = await LoopbackServer.start((_call, response) => answer(response, 200), {
      cert: certPem,
      key: keyPem,
    });
    const file = join(folder, 'ca.pem');
    writeFileSync(file, caPem);
    const variables = { ORK_HTTP_ALLOW: 'loopback', ORK_HTTP_CA_FILE: file, https_proxy: 'http://none.example' };
    const client = outboundClient(readSettings(variables).outbound, 'orkestra/1 (test)');
    expect((await client.send({ method: 'GET', url: server.url })).status).toBe(200);
    await Promise.all([client.close(), server.close()]);
  });

  it('says which file of authorities is no good', () => {
    const of = (file: string): unknown => outboundClient(readSettings({ ORK_HTTP_CA_FILE: file }).outbound, 'test');
    const missing = join(folder, 'missing.pem');
    expect(() => of(missing)).toThrow(`environment: ORK_HTTP_CA_FILE: ${missing} can't be read (ENOENT)`);
    expect(() => of(__filename)).toThrow('has no certificate in PEM');
  });
});
