// E-mail through SMTP (nodemailer). One message a call; throttling and rules stand in front of it, not here.
import { createTransport } from 'nodemailer';
import { OrkestraError } from '../../common';
import { type SmtpSettings } from '../../konfig';

/** One message. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Sends mail. */
export interface MailChannel {
  /** Rejects with a Transient OrkestraError when the server can't be reached or refuses the message. */
  send(mail: Mail): Promise<void>;
}

const TIMEOUT_MS = 10_000;

export class SmtpChannel implements MailChannel {
  constructor(private readonly settings: SmtpSettings) {}

  async send(mail: Mail): Promise<void> {
    const { host, port, user, password, from } = this.settings;
    const transport = createTransport({
      host,
      port,
      secure: port === 465,
      connectionTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    });
    try {
      await transport.sendMail({ from, to: [...mail.to], subject: mail.subject, text: mail.text });
    } catch (error) {
      const message = `mail to ${mail.to.join(', ')} through ${host}:${port} failed`;
      throw new OrkestraError({ code: 'MAIL_FAILED', kind: 'Transient', message, cause: error });
    } finally {
      transport.close();
    }
  }
}
