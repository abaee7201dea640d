import { z } from 'zod';
import { DRAFT_ROLES, ROLES } from './permissions.ts';

export const NAME_LIMIT = 120;
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

// Line breaks and other control characters in a name would forge lines in mails, logs and lists.
const line = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `${what} is empty.`)
    .max(NAME_LIMIT, `${what} holds at most ${NAME_LIMIT} characters.`)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, `${what} is one line of plain text.`);

export const personName = line('The name');
export const organisationName = line('The organisation');
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'This is not an email address.' }));
/** Its length; whether it is a common one is asked on the server. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`);

/** A person as others see them: "Name, Organisation". */
export const person = z.object({ id: z.string(), name: z.string(), organisation: z.string().nullable() });
export type Person = z.infer<typeof person>;

/** A person as named everywhere: "Name, Organisation". */
export function signature({ name, organisation }: Pick<Person, 'name' | 'organisation'>): string {
  return organisation ? `${name}, ${organisation}` : name;
}

/** A sample person whom the demo's sign-in page offers. */
export const demoPerson = person.extend({ role: z.enum(ROLES) });

/** The person signed in, with the role in effect: in a process, or in one draft of it. */
export const viewer = person.extend({ role: z.enum(ROLES), color: z.string() });
export type Viewer = z.infer<typeof viewer>;

/** The signed-in person's own account. */
export const account = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  hasPassword: z.boolean(),
  twoFactor: z.boolean(),
  /** Whether the server lets them create processes. */
  mayCreateProcesses: z.boolean(),
});
export type Account = z.infer<typeof account>;
export const accountChange = z.object({ name: personName });

/** What the web app asks first. */
export const session = z.object({
  demo: z.boolean(),
  demoPeople: z.array(demoPerson),
  /** The identity provider's name when the server offers sign-in by one. */
  identityProvider: z.string().nullable(),
  /** Whether links are mailed; else sign-in links and reset links only stand in the server's log. */
  mail: z.boolean(),
  account: account.nullable(),
});
export type Session = z.infer<typeof session>;

/** A device where the person is signed in. */
export const openSession = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  ip: z.string().nullable(),
  device: z.string().nullable(),
});
export type OpenSession = z.infer<typeof openSession>;

/** A member of a process. */
export const member = person.extend({
  role: z.enum(ROLES),
  color: z.string(),
  joinedAt: z.string(),
  /** Only for those who manage members. */
  email: z.string().nullable(),
});
export type Member = z.infer<typeof member>;

export const memberChange = z.object({
  role: z.enum(ROLES).optional(),
  organisation: organisationName.nullable().optional(),
});
export type MemberChange = z.infer<typeof memberChange>;

/** A member in one draft. */
export const draftMember = person.extend({
  /** The role in the process. */
  processRole: z.enum(ROLES),
  /** What stands in its place in this draft; null when nothing does. */
  draftRole: z.enum(DRAFT_ROLES).nullable(),
});
export type DraftMember = z.infer<typeof draftMember>;
/** Null gives a member the process's role again. */
export const draftRoleChange = z.object({ role: z.enum(DRAFT_ROLES).nullable() });

/** Makes the first facilitator of a new server. */
export const setup = z.object({ name: personName, email: emailAddress, password: newPassword });
export type Setup = z.infer<typeof setup>;
