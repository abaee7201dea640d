import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from './client.ts';

export interface ReceivedMail {
  to: string[];
  from: string;
  /** Headers and body as they came. */
  raw: string;
}

/** A mail server on this machine that keeps what it is given. */
export class Mailbox {
  readonly mails: ReceivedMail[] = [];
  readonly #server: SMTPServer;
  /** Whether it takes mail. */
  open = true;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (!this.open) return done(new Error('The mailbox is full'));
          const { mailFrom, rcptTo } = session.envelope;
          this.mails.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom ? mailFrom.address : '',
            raw: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
    });
  }

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server.listen(0, '127.0.0.1');
    await once(mailbox.#server.server, 'listening');
    return mailbox;
  }

  get #port(): number {
    const address: AddressInfo | string | null = this.#server.server.address();
    if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
    return address.port;
  }

  /** What tells a server to send its mail here. */
  get env(): Record<string, string> {
    return {
      ZERODRAFT_SMTP_URL: `smtp://127.0.0.1:${this.#port}?ignoreTLS=true`,
      ZERODRAFT_MAIL_FROM: 'Zerodraft <drafts@server.example>',
    };
  }

  /** The n-th mail to an address, once it is here. */
  async to(address: string, n = 1): Promise<ReceivedMail> {
    const found = () => this.mails.filter(({ to }) => to.includes(address))[n - 1];
    await until(() => found() !== undefined);
    const mail = found();
    if (!mail) throw new Error('no mail');
    return mail;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** The first link in a text that leads to a page. */
export function linkIn(text: string, page: string): string {
  // Quoted-printable breaks long lines and writes "=" as "=3D".
  const plain = text.replace(/=\r?\n/g, '').replaceAll('=3D', '=');
  const link = new RegExp(`http[^\\s"]*/${page}[^\\s"]*`).exec(plain)?.[0];
  if (!link) throw new Error(`no link to ${page} in:\n${text}`);
  return link;
}
