import { type Kysely, type Migration, sql } from 'kysely';

const STATES = `check (state in ('active', 'archived', 'deleted'))`;
const ROLES = `'facilitator', 'drafter', 'delegate', 'observer'`;

/** Accounts with a second factor and passkeys, several processes and drafts with a life of their own, and a log of it all. */
export const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      // Columns and tables of better-auth's plugins, with their names.
      `alter table user add column twoFactorEnabled integer not null default 0`,
      `alter table user add column mayCreateProcesses integer not null default 0`,
      `create table twoFactor (id text primary key, secret text not null, backupCodes text not null,
        userId text not null references user(id) on delete cascade, verified integer not null default 1,
        failedVerificationCount integer not null default 0, lockedUntil text)`,
      `create index two_factor_user on twoFactor(userId)`,
      `create index two_factor_secret on twoFactor(secret)`,
      `create table passkey (id text primary key, name text, publicKey text not null,
        userId text not null references user(id) on delete cascade, credentialID text not null, counter integer not null,
        deviceType text not null, backedUp integer not null, transports text, createdAt text, aaguid text)`,
      `create index passkey_user on passkey(userId)`,
      `create index passkey_credential on passkey(credentialID)`,
      `create index verification_identifier on verification(identifier)`,

      `alter table process add column state text not null default 'active' ${STATES}`,
      `alter table process add column stateSince text not null default ''`,
      `update process set stateSince = createdAt`,
      `alter table draft add column state text not null default 'active' ${STATES}`,
      `alter table draft add column stateSince text not null default ''`,
      `update draft set stateSince = createdAt`,
      `alter table member add column joinedAt text not null default ''`,
      `update member set joinedAt = (select createdAt from process where process.id = member.processId)`,
      `create index member_user on member(userId)`,
      // What a member is in one draft instead of their role in the process.
      `create table draft_member (draftId text not null references draft(id), userId text not null references user(id),
        role text not null check (role in (${ROLES}, 'none')), primary key (draftId, userId))`,
      // When somebody last opened a draft.
      `create table draft_visit (draftId text not null references draft(id), userId text not null references user(id),
        at text not null, primary key (draftId, userId))`,
      `create table round (id text primary key, processId text not null references process(id), name text not null,
        opensAt text, closesAt text, timeZone text not null, comments integer not null, proposals integer not null,
        createdAt text not null)`,
      `create index round_process on round(processId, opensAt)`,

      // Secrets of links are kept as hashes only.
      `create table invitation (id text primary key, processId text not null references process(id), email text not null,
        name text not null, organisation text, role text not null check (role in (${ROLES})),
        tokenHash text not null unique, mailed integer not null, invitedBy text not null references user(id),
        createdAt text not null, expiresAt text not null, acceptedBy text references user(id), acceptedAt text,
        revokedAt text)`,
      `create unique index invitation_pending on invitation(processId, email)
        where acceptedAt is null and revokedAt is null`,
      `create index invitation_email on invitation(email)`,
      `create table public_link (id text primary key, draftId text not null references draft(id),
        tokenHash text not null unique, createdBy text not null references user(id), createdAt text not null,
        expiresAt text, revokedAt text)`,
      `create index public_link_draft on public_link(draftId)`,

      // Names and ids as they were: records outlive what they name.
      `create table audit (id integer primary key autoincrement, at text not null, scope text, userId text,
        userName text, action text not null, objectKind text not null, objectId text not null, details text not null,
        ip text, sessionHash text, device text)`,
      `create index audit_scope on audit(scope, id)`,
      `create index audit_user on audit(userId, id)`,
      `create trigger audit_no_update before update on audit
        begin select raise(abort, 'the audit log is append-only'); end`,
      `create trigger audit_no_delete before delete on audit
        begin select raise(abort, 'the audit log is append-only'); end`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
