/** Injects `MailChannel | undefined`: undefined without SMTP_HOST. */
export const MAIL_CHANNEL = Symbol('MAIL_CHANNEL');
