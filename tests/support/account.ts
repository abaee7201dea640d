import { createHmac } from 'node:crypto';
import { linkIn, type Mailbox } from './mailbox.ts';
import { Person } from './person.ts';
import type { TestServer } from './server.ts';

export const PROCESS = 'global-compact-sample';
export const PASSWORD = 'seven grey lighthouses';

/** The last part of a link's address. */
export function secretOf(link: string): string {
  return new URL(link).pathname.split('/').at(-1) ?? '';
}

/** Somebody who was invited by mail, has accepted with a password and is signed in. */
export async function enrol(
  server: TestServer,
  mailbox: Mailbox,
  email: string,
  { role = 'observer', organisation = 'A Mission' as string | null, name = 'A Guest' } = {},
): Promise<Person> {
  const facilitator = await Person.demo(server, 'amara');
  const invitations = [{ name, email, organisation, role }];
  await facilitator.post(`/api/processes/${PROCESS}/invitations`, { invitations });
  const token = secretOf(linkIn((await mailbox.to(email)).raw, 'invite/'));
  const person = new Person(server);
  const { status } = await person.post(`/api/invitations/${token}/accept`, { name, password: PASSWORD });
  if (status !== 200) throw new Error(`accepting answered ${status}`);
  return person;
}

/** The code that an authenticator shows now (RFC 6238) for the secret in an otpauth address. */
export function codeFor(totpUri: string): string {
  const base32 = new URL(totpUri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
