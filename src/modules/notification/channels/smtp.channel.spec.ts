import { type AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { SmtpChannel } from './smtp.channel';

describe('SmtpChannel', () => {
  const received: { from: string; to: string[]; body: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let body = '';
      stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((to) => to.address), body });
        done();
      });
    },
  });
  let port = 0;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const channel = (to: number): SmtpChannel =>
    new SmtpChannel({
      host: '127.0.0.1',
      port: to,
      user: undefined,
      password: undefined,
      from: 'orkestra@example.org',
    });

  it('delivers one message to all recipients', async () => {
    await channel(port).send({
      to: ['a@example.org', 'b@example.org'],
      subject: 'degraded',
      text: 'website is degraded',
    });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'orkestra@example.org', to: ['a@example.org', 'b@example.org'] });
    expect(received[0]!.body).toContain('Subject: degraded');
    expect(received[0]!.body).toContain('website is degraded');
  });

  it('fails as Transient, naming server and recipients, when nobody listens', async () => {
    await expect(channel(1).send({ to: ['a@example.org'], subject: 's', text: 't' })).rejects.toMatchObject({
      kind: 'Transient',
      message: 'mail to a@example.org through 127.0.0.1:1 failed',
    });
  });
});
