import { createTransport } from 'nodemailer';
import type { Config } from '../env.ts';
import type { Logger } from '../logger.ts';

/** Milliseconds that a mail server is given for each step. */
const PATIENCE = 10_000;

export interface Mail {
  to: string;
  subject: string;
  /** Plain text: mails of this server have no HTML, so that no name can bring any. */
  text: string;
}

/** What became of a mail: handed to the mail server; refused by it; or, without one, printed where the server runs. */
type Delivery = 'mailed' | 'failed' | 'printed';

export interface Mailer {
  readonly configured: boolean;
  send(mail: Mail): Promise<Delivery>;
  close(): void;
}

/**
 * Sends mail over SMTP; without it, prints each mail.
 * @param print where mails go without SMTP
 */
export function createMailer(smtp: Config['smtp'], logger: Logger, print: (text: string) => void): Mailer {
  if (smtp === null) {
    return {
      configured: false,
      async send({ to, subject, text }) {
        print(`\nNo mail server is set (ZERODRAFT_SMTP_URL). This would go to ${to}:\n${subject}\n${text}\n`);
        return 'printed';
      },
      close: () => undefined,
    };
  }
  const address = new URL(smtp.url);
  address.searchParams.set('pool', 'true');
  for (const step of ['connectionTimeout', 'greetingTimeout', 'socketTimeout'])
    address.searchParams.set(step, String(PATIENCE));
  const transport = createTransport(address.toString(), { from: smtp.from });
  return {
    configured: true,
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({
          to: { address: to, name: '' },
          subject,
          text,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return 'mailed';
      } catch (error) {
        logger.error({ err: error, subject }, 'a mail was not taken');
        return 'failed';
      }
    },
    close: () => transport.close(),
  };
}
