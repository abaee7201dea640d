import { MAX_VERSIONS, newVersion, restoration, versionChange } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { type Deed, record } from '../audit/record.ts';
import { setPlace } from '../threads/decide.ts';
import {
  changeVersion,
  deleteVersion,
  findVersion,
  keepVersion,
  listVersions,
  readState,
  standingOf,
} from '../versions/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { announce } from './thread-env.ts';
import { json } from './valid.ts';

const NONE = 'There is no such version of this draft.';
const TAKEN = 'This id is in use by another version. Send it again with a new id.';
const FULL = `A draft keeps at most ${MAX_VERSIONS} versions. Delete one first.`;

/** States of a draft that are kept under a name: made, read, renamed, deleted, restored. */
export function versionRoutes(services: Services) {
  const { db, reader, rooms } = services;
  const deed = (c: Context<RouteEnv>, action: Deed['action'], id: string, details: object): Deed => ({
    action,
    objectKind: 'version',
    objectId: id,
    processId: c.get('processId'),
    details: { draft: c.req.param('draftId'), ...details },
  });

  return new Hono<RouteEnv>()
    .get('/:draftId/versions', permit(services, 'version.read'), async (c) =>
      c.json({ versions: await listVersions(db, c.req.param('draftId')) }, 200),
    )
    .post('/:draftId/versions', permit(services, 'version.create'), json(newVersion), async (c) => {
      const draftId = c.req.param('draftId');
      const { id, name, note, roundId } = c.req.valid('json');
      const standing = await standingOf(db, draftId, id);
      if (standing === 'taken') return refuse(c, 409, 'taken', TAKEN);
      const known = await findVersion(db, draftId, id);
      if (known) return c.json(known, 200);
      const round = c.get('standing').circumstances.rounds.find((one) => one.id === roundId);
      if (roundId !== null && !round)
        return refuse(c, 422, 'no-round', 'There is no such round in this process.');
      await rooms.settled(draftId);
      const state = await reader.state(draftId);
      const kept = await db.transaction().execute(async (trx) => {
        // The same request may have come twice at once.
        if ((await standingOf(trx, draftId, id)) !== 'free') return true;
        const version = { id, draftId, name, note, kind: 'made', createdBy: c.get('userId') } as const;
        const belongs = round ? { id: round.id, name: round.name } : null;
        if (!(await keepVersion(trx, { ...version, round: belongs }, state))) return false;
        await record(trx, c.get('author'), deed(c, 'version.create', id, { name }));
        return true;
      });
      if (!kept) return refuse(c, 409, 'full', FULL);
      await rooms.notify(draftId, 'versions');
      const version = await findVersion(db, draftId, id);
      return version ? c.json(version, 201) : refuse(c, 409, 'taken', TAKEN);
    })
    .patch(
      '/:draftId/versions/:versionId',
      permit(services, 'version.manage'),
      json(versionChange),
      async (c) => {
        const { draftId, versionId } = c.req.param();
        const change = c.req.valid('json');
        const found = await db.transaction().execute(async (trx) => {
          const before = await findVersion(trx, draftId, versionId);
          if (before === null) return null;
          await changeVersion(trx, versionId, change);
          const details = { before: { name: before.name, note: before.note }, after: change };
          await record(trx, c.get('author'), deed(c, 'version.change', versionId, details));
          return findVersion(trx, draftId, versionId);
        });
        if (found === null) return refuse(c, 404, 'not-found', NONE);
        await rooms.notify(draftId, 'versions');
        return c.json(found, 200);
      },
    )
    .delete('/:draftId/versions/:versionId', permit(services, 'version.manage'), async (c) => {
      const { draftId, versionId } = c.req.param();
      const found = await db.transaction().execute(async (trx) => {
        const version = await findVersion(trx, draftId, versionId);
        if (version === null) return null;
        await deleteVersion(trx, versionId);
        await record(trx, c.get('author'), deed(c, 'version.delete', versionId, { name: version.name }));
        return version;
      });
      if (found === null) return refuse(c, 404, 'not-found', NONE);
      await rooms.notify(draftId, 'versions');
      return c.json({ ok: true as const }, 200);
    })
    .get('/:draftId/versions/:versionId/state', permit(services, 'version.read'), async (c) => {
      const { draftId, versionId } = c.req.param();
      const state = await readState(db, draftId, versionId);
      if (state === null) return refuse(c, 404, 'not-found', NONE);
      c.header('content-type', 'application/octet-stream');
      return c.body(new Uint8Array(state), 200);
    })
    .post(
      '/:draftId/versions/:versionId/restore',
      permit(services, 'version.restore'),
      json(restoration),
      async (c) => {
        const { draftId, versionId } = c.req.param();
        const { before: beforeId } = c.req.valid('json');
        const version = await findVersion(db, draftId, versionId);
        if (version === null) return refuse(c, 404, 'not-found', NONE);
        const standing = await standingOf(db, draftId, beforeId);
        if (standing === 'taken') return refuse(c, 409, 'taken', TAKEN);
        if (standing === 'known') return c.json({ ok: true as const }, 200);
        await rooms.settled(draftId);
        const { before, update, places } = await reader.restoration(draftId, versionId);
        const name = `Before “${version.name}” was restored`.slice(0, 200);
        const state = { id: beforeId, draftId, name, note: '', kind: 'before-restore', round: null } as const;
        await keepVersion(db, { ...state, createdBy: c.get('userId') }, before);
        try {
          if (update) await rooms.write(draftId, update, c.get('userId'));
        } catch (error) {
          await deleteVersion(db, beforeId);
          const why = error instanceof Error ? error.message : String(error);
          return refuse(c, 409, 'not-taken', `Nothing was restored. ${why}`);
        }
        await db.transaction().execute(async (trx) => {
          for (const { threadId, ...place } of places) await setPlace(trx, draftId, threadId, place);
          await record(trx, c.get('author'), deed(c, 'version.restore', versionId, { name: version.name }));
        });
        await rooms.notify(draftId, 'versions');
        if (places.length > 0) await announce(services, draftId, 'team');
        return c.json({ ok: true as const }, 200);
      },
    );
}
