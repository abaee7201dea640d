import { formatMoment, ROLE_LABELS, type Role } from '@zerodraft/contract';
import type { Mail } from './mailer.ts';

/** The mails that this server sends. */
export const mails = {
  invitation(
    to: string,
    about: { invitedBy: string; processName: string; role: Role; link: string; expiresAt: string },
  ): Mail {
    return {
      to,
      subject: `Invitation to ${about.processName}`,
      text: `${about.invitedBy} invites you to ${about.processName} as ${ROLE_LABELS[about.role].toLowerCase()}.

Accept here; the link works once, until ${formatMoment(about.expiresAt)}:
${about.link}

If you did not expect this, do nothing.`,
    };
  },

  magicLink(to: string, link: string, minutes: number): Mail {
    return {
      to,
      subject: 'Your sign-in link for Zerodraft',
      text: `Sign in here; the link works once, for ${minutes} minutes:
${link}

If you did not ask for it, do nothing: nobody was signed in.`,
    };
  },

  magicLinkRefused(to: string, address: string): Mail {
    return {
      to,
      subject: 'Signing in to Zerodraft',
      text: `Your account asks for a second factor, so a link alone does not sign you in. Sign in with your password and code, or a passkey:
${address}

If you did not ask for a link, do nothing.`,
    };
  },

  passwordReset(to: string, link: string, minutes: number): Mail {
    return {
      to,
      subject: 'A new password for Zerodraft',
      text: `Set a new password here; the link works once, for ${minutes} minutes:
${link}

If you did not ask for it, do nothing: your password stays as it is.`,
    };
  },

  digest(
    to: string,
    about: {
      processName: string;
      items: { by: string; what: string; where: string; quote: string; said: string; link: string }[];
      /** Where one chooses how often this comes. */
      settings: string;
    },
  ): Mail {
    const { processName, items, settings } = about;
    const count = items.length === 1 ? 'One notification' : `${items.length} notifications`;
    const texts = items.map(({ by, what, where, quote, said, link }) =>
      [
        `${by} ${what} (${where})`,
        ...(quote === '' ? [] : [`On: "${quote.replace(/\s+/g, ' ')}"`]),
        ...(said === '' ? [] : [said]),
        link,
      ].join('\n'),
    );
    return {
      to,
      subject: `${count} in ${processName}`,
      text: `${texts.join('\n\n')}

How often this is mailed, or never, you choose here:
${settings}`,
    };
  },

  passwordChanged(to: string): Mail {
    return {
      to,
      subject: 'Your Zerodraft password was changed',
      text: `The password of your account was changed, and your other devices were signed out.

If it was not you, ask for a new password on the sign-in page, and tell a facilitator.`,
    };
  },
};
