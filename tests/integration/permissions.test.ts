import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@zerodraft/server/app';
import { readConfig } from '@zerodraft/server/env';
import { createServices } from '@zerodraft/server/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = 'global-compact-sample';
/** Sample people by role, and one who leaves. */
const PEOPLE = { facilitator: 'amara', drafter: 'mei', delegate: 'jonas', observer: 'leila' } as const;
const NOBODY = 'tomas';
type Role = keyof typeof PEOPLE;

const ALL: readonly Role[] = ['facilitator', 'drafter', 'delegate', 'observer'];
const TEAM: readonly Role[] = ['facilitator', 'drafter'];
const WRITERS: readonly Role[] = ['facilitator', 'drafter', 'delegate'];
const FACILITATOR: readonly Role[] = ['facilitator'];

/** Who may use each route. `open`: also without a session; `account`: whoever is signed in, in any role or none. */
const EXPECTED: Record<string, readonly Role[] | 'open' | 'account'> = {
  'GET /api/session': 'open',
  'PATCH /api/account': 'account',
  'GET /api/account/sessions': 'account',
  'DELETE /api/account/sessions': 'account',
  'DELETE /api/account/sessions/:sessionId': 'account',
  'GET /api/setup/:token': 'open',
  'POST /api/setup/:token': 'open',
  'GET /api/invitations/:token': 'open',
  'POST /api/invitations/:token/accept': 'open',
  'GET /api/public/:token': 'open',
  'GET /api/public/:token/clauses/:clauseId': 'open',
  'GET /api/box/:slug': 'open',
  'POST /api/box/:slug/deposits': 'open',
  'POST /api/box/receipt': 'open',
  'GET /api/processes': 'account',
  'POST /api/processes': 'account',
  'GET /api/processes/:processId': ALL,
  'PATCH /api/processes/:processId': FACILITATOR,
  'PUT /api/processes/:processId/state': FACILITATOR,
  'POST /api/processes/:processId/drafts': FACILITATOR,
  'GET /api/processes/:processId/members': ALL,
  'PATCH /api/processes/:processId/members/:userId': FACILITATOR,
  'DELETE /api/processes/:processId/members/:userId': FACILITATOR,
  'GET /api/processes/:processId/invitations': FACILITATOR,
  'POST /api/processes/:processId/invitations/preview': FACILITATOR,
  'POST /api/processes/:processId/invitations': FACILITATOR,
  'POST /api/processes/:processId/invitations/:id/resend': FACILITATOR,
  'DELETE /api/processes/:processId/invitations/:id': FACILITATOR,
  'GET /api/processes/:processId/rounds': ALL,
  'POST /api/processes/:processId/rounds': FACILITATOR,
  'PATCH /api/processes/:processId/rounds/:roundId': FACILITATOR,
  'POST /api/processes/:processId/rounds/:roundId/close': FACILITATOR,
  'POST /api/processes/:processId/rounds/:roundId/reopen': FACILITATOR,
  'DELETE /api/processes/:processId/rounds/:roundId': FACILITATOR,
  'GET /api/processes/:processId/audit': FACILITATOR,
  'GET /api/processes/:processId/audit.csv': FACILITATOR,
  'GET /api/processes/:processId/recommendations': ALL,
  'GET /api/processes/:processId/recommendations/:id': ALL,
  'GET /api/processes/:processId/search': ALL,
  'POST /api/processes/:processId/imports': TEAM,
  'POST /api/processes/:processId/recommendations': TEAM,
  'GET /api/processes/:processId/recommendations/:id/history': ALL,
  'GET /api/processes/:processId/recommendations/:id/links': ALL,
  'GET /api/processes/:processId/recommendations/:id/suggestions': ALL,
  'PATCH /api/processes/:processId/recommendations/:id': TEAM,
  'DELETE /api/processes/:processId/recommendations/:id': TEAM,
  'POST /api/processes/:processId/recommendations/:id/merges': TEAM,
  'DELETE /api/processes/:processId/recommendations/:id/merge': TEAM,
  'GET /api/processes/:processId/recommendations/:id/deposits': TEAM,
  'GET /api/processes/:processId/recommendations/:id/comments': TEAM,
  'POST /api/processes/:processId/recommendations/:id/comments': TEAM,
  'PUT /api/processes/:processId/recommendations/:id/comments/read': TEAM,
  'PATCH /api/processes/:processId/recommendations/:id/comments/:commentId': TEAM,
  'DELETE /api/processes/:processId/recommendations/:id/comments/:commentId': TEAM,
  'GET /api/processes/:processId/recommendations/:id/comments/:commentId/history': TEAM,
  'POST /api/processes/:processId/library/search': ALL,
  'POST /api/processes/:processId/library/facets': ALL,
  'POST /api/processes/:processId/library/selection': ALL,
  'GET /api/processes/:processId/library/export': ALL,
  'POST /api/processes/:processId/library/imports': TEAM,
  'GET /api/processes/:processId/views': ALL,
  'POST /api/processes/:processId/views': TEAM,
  'PATCH /api/processes/:processId/views/:viewId': TEAM,
  'DELETE /api/processes/:processId/views/:viewId': TEAM,
  'POST /api/processes/:processId/library/bulk': TEAM,
  'POST /api/processes/:processId/library/batches/:batch/undo': TEAM,
  'GET /api/processes/:processId/taxonomies': ALL,
  'POST /api/processes/:processId/taxonomies/:taxonomy/terms': TEAM,
  'PATCH /api/processes/:processId/taxonomies/:taxonomy/terms/:termId': TEAM,
  'DELETE /api/processes/:processId/taxonomies/:taxonomy/terms/:termId': TEAM,
  'PUT /api/processes/:processId/taxonomies/:taxonomy/order': TEAM,
  'POST /api/processes/:processId/taxonomies/:taxonomy/terms/:termId/merge': TEAM,
  'GET /api/processes/:processId/sources': ALL,
  'POST /api/processes/:processId/sources': TEAM,
  'GET /api/processes/:processId/sources/:sourceId': ALL,
  'PATCH /api/processes/:processId/sources/:sourceId': TEAM,
  'DELETE /api/processes/:processId/sources/:sourceId': TEAM,
  'GET /api/processes/:processId/sources/:sourceId/paragraphs': ALL,
  'GET /api/processes/:processId/sources/search': ALL,
  'GET /api/processes/:processId/sources/:sourceId/search': ALL,
  'PUT /api/processes/:processId/sources/:sourceId/file': TEAM,
  'GET /api/processes/:processId/sources/:sourceId/file': ALL,
  'GET /api/processes/:processId/box': TEAM,
  'PUT /api/processes/:processId/box': FACILITATOR,
  'GET /api/processes/:processId/deposits': TEAM,
  'GET /api/processes/:processId/deposits/:depositId': TEAM,
  'PATCH /api/processes/:processId/deposits/:depositId': TEAM,
  'GET /api/processes/:processId/deposits/:depositId/duplicates': TEAM,
  'PUT /api/processes/:processId/deposits/:depositId/claim': TEAM,
  'DELETE /api/processes/:processId/deposits/:depositId/claim': TEAM,
  'POST /api/processes/:processId/deposits/:depositId/accept': TEAM,
  'POST /api/processes/:processId/deposits/:depositId/merge': TEAM,
  'POST /api/processes/:processId/deposits/:depositId/split': TEAM,
  'POST /api/processes/:processId/deposits/:depositId/return': TEAM,
  'POST /api/processes/:processId/deposits/:depositId/reopen': TEAM,
  'GET /api/drafts/:draftId': ALL,
  'PATCH /api/drafts/:draftId': FACILITATOR,
  'PUT /api/drafts/:draftId/state': FACILITATOR,
  'GET /api/drafts/:draftId/members': ALL,
  'PUT /api/drafts/:draftId/members/:userId': FACILITATOR,
  'GET /api/drafts/:draftId/links': FACILITATOR,
  'GET /api/drafts/:draftId/trace': ALL,
  'GET /api/drafts/:draftId/trace/check': ALL,
  'GET /api/drafts/:draftId/versions': ALL,
  'POST /api/drafts/:draftId/versions': TEAM,
  'PATCH /api/drafts/:draftId/versions/:versionId': FACILITATOR,
  'DELETE /api/drafts/:draftId/versions/:versionId': FACILITATOR,
  'GET /api/drafts/:draftId/versions/:versionId/state': ALL,
  'POST /api/drafts/:draftId/versions/:versionId/restore': TEAM,
  'POST /api/drafts/:draftId/links': FACILITATOR,
  'DELETE /api/drafts/:draftId/links/:linkId': FACILITATOR,
  'POST /api/drafts/:draftId/suggestions': ALL,
  'GET /api/drafts/:draftId/footprint': TEAM,
  'GET /api/drafts/:draftId/threads': ALL,
  'POST /api/drafts/:draftId/threads': WRITERS,
  'POST /api/drafts/:draftId/threads/:threadId/comments': WRITERS,
  'GET /api/drafts/:draftId/threads/search': ALL,
  'GET /api/drafts/:draftId/threads.csv': ALL,
  'GET /api/drafts/:draftId/threads.xlsx': ALL,
  'PUT /api/drafts/:draftId/threads/read': ALL,
  'PUT /api/drafts/:draftId/threads/states': TEAM,
  'PUT /api/drafts/:draftId/threads/:threadId/assignment': TEAM,
  'PUT /api/drafts/:draftId/threads/:threadId/labels': TEAM,
  'PUT /api/drafts/:draftId/threads/:threadId/visibility': TEAM,
  'PUT /api/drafts/:draftId/threads/:threadId/place': TEAM,
  'PUT /api/drafts/:draftId/threads/:threadId/mute': ALL,
  'PATCH /api/drafts/:draftId/threads/:threadId/comments/:commentId': WRITERS,
  'DELETE /api/drafts/:draftId/threads/:threadId/comments/:commentId': WRITERS,
  'GET /api/drafts/:draftId/threads/:threadId/comments/:commentId/history': ALL,
  'PUT /api/drafts/:draftId/threads/:threadId/comments/:commentId/reactions/:reaction': WRITERS,
  'GET /api/processes/:processId/mail-preference': ALL,
  'PUT /api/processes/:processId/mail-preference': ALL,
  'GET /api/notifications': 'account',
  'GET /api/notifications/unread': 'account',
  'PUT /api/notifications/read': 'account',
  'GET /sync/:draftId': ALL,
  'GET /health/live': 'open',
  'GET /health/ready': 'open',
  // On this machine; behind a proxy with a token.
  'GET /metrics': 'open',
  // better-auth asks for a session itself where one is needed.
  'POST /api/auth/sign-in/email': 'open',
  'POST /api/auth/sign-in/demo': 'open',
  'POST /api/auth/sign-in/magic-link': 'open',
  'GET /api/auth/magic-link/verify': 'open',
  'POST /api/auth/sign-in/social': 'open',
  'GET /api/auth/callback/oidc': 'open',
  'POST /api/auth/sign-out': 'open',
  'POST /api/auth/request-password-reset': 'open',
  'POST /api/auth/reset-password': 'open',
  'POST /api/auth/change-password': 'account',
  'POST /api/auth/two-factor/enable': 'account',
  'POST /api/auth/two-factor/disable': 'account',
  'POST /api/auth/two-factor/generate-backup-codes': 'account',
  'GET /api/auth/passkey/generate-register-options': 'account',
  'POST /api/auth/passkey/verify-registration': 'account',
  'GET /api/auth/passkey/list-user-passkeys': 'account',
  'POST /api/auth/passkey/delete-passkey': 'account',
  'POST /api/auth/passkey/update-passkey': 'account',
  'GET /api/auth/passkey/generate-authenticate-options': 'open',
  'POST /api/auth/passkey/verify-authentication': 'open',
  // With the cookie of a sign-in that waits for its code.
  'POST /api/auth/two-factor/verify-totp': 'open',
  'POST /api/auth/two-factor/verify-backup-code': 'open',
};

/** better-auth looks at the body before it looks at the session: what passes there and does nothing. */
const password = 'wrong horse battery';
const BODIES: Record<string, unknown> = {
  'POST /api/auth/change-password': { currentPassword: password, newPassword: 'another wrong horse' },
  'POST /api/auth/two-factor/enable': { password },
  'POST /api/auth/two-factor/disable': { password },
  'POST /api/auth/two-factor/generate-backup-codes': { password },
  'POST /api/auth/passkey/verify-registration': { response: {} },
  'POST /api/auth/passkey/delete-passkey': { id: 'missing' },
  'POST /api/auth/passkey/update-passkey': { id: 'missing', name: 'missing' },
};

/** A route's address with this place filled in, and whatever else by what is not there. */
function addressOf(path: string): string {
  return path.replace(':processId', PROCESS).replace(':draftId', DRAFT).replace(/:\w+/g, 'missing');
}

const STRANGER = 'There is no such process or draft.';

let server: TestServer;
const people = new Map<string, Person>();
beforeAll(async () => {
  server = await TestServer.start();
  for (const id of Object.values(PEOPLE)) people.set(id, await Person.demo(server, id));
  // Tomás leaves: he is signed in and in no process.
  const tomas = await Person.demo(server, 'tomas');
  expect((await tomas.delete(`/api/processes/${PROCESS}/members/tomas`)).status).toBe(200);
});
afterAll(() => server?.remove());

/** Whether the server lets somebody through to what the route does; nothing that is sent is good enough to change anything. */
async function passes(
  person: Person,
  route: string,
): Promise<'yes' | 'signed-out' | 'forbidden' | 'not-found'> {
  const [method = '', path = ''] = route.split(' ');
  const body = method === 'GET' || method === 'DELETE' ? undefined : (BODIES[route] ?? { unlikely: true });
  const { status, body: answer } = await person.send(method, addressOf(path), body);
  if (status === 401) return 'signed-out';
  if (status === 403) return 'forbidden';
  return status === 404 && answer.error === STRANGER ? 'not-found' : 'yes';
}

describe('every route', () => {
  it('is in the table, and the table names no other', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'zerodraft-routes-'));
    const sample = join(import.meta.dirname, '../../apps/server/sample');
    const config = readConfig({ ZERODRAFT_DATA: dir, LOG_LEVEL: 'silent' }, [], sample);
    const { services, threads } = await createServices(config, () => undefined);
    const app = createApp(services, dir);
    const routes = app.routes
      .map(({ method, path }) => `${method} ${path}`)
      // Middleware, the files of the web app, and the answer to whatever else.
      .filter((route) => !route.endsWith('/*'));
    expect([...new Set(routes)].sort()).toEqual(Object.keys(EXPECTED).sort());
    await Promise.all(threads.map((thread) => thread.close()));
    await services.db.destroy();
    rmSync(dir, { recursive: true });
  });

  describe.each(Object.entries(EXPECTED))('%s', (route, expected) => {
    if (expected === 'open') {
      it('is open without a session', async () => {
        expect(await passes(new Person(server), route)).not.toBe('forbidden');
      });
      return;
    }
    it('is closed without a session', async () => {
      expect(await passes(new Person(server), route)).toBe('signed-out');
    });
    if (expected === 'account') {
      it('is open to whoever is signed in', async () => {
        // In a session of its own, which the route may end.
        expect(await passes(await Person.demo(server, NOBODY), route)).toBe('yes');
      });
      return;
    }
    it('is as if there were nothing for somebody who is no member', async () => {
      expect(await passes(await Person.demo(server, NOBODY), route)).toBe('not-found');
    });
    it.each(ALL)(`for the role %s`, async (role) => {
      const person = people.get(PEOPLE[role]);
      const allowed = expected.includes(role);
      expect(person && (await passes(person, route))).toBe(allowed ? 'yes' : 'forbidden');
    });
  });
});
