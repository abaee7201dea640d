import {
  type Account,
  explain,
  may,
  newDraft,
  newProcess,
  permission,
  processChange,
  stateChange,
} from '@zerodraft/contract';
import { Hono } from 'hono';
import { findAccount } from '../accounts/repository.ts';
import { type Deed, record } from '../audit/record.ts';
import { blankText, copiedText, readDocument } from '../drafts/new-text.ts';
import { createDraft } from '../drafts/repository.ts';
import { findStanding } from '../members/standing.ts';
import {
  changeProcess,
  createProcess,
  findProcess,
  listProcesses,
  setProcessState,
} from '../processes/repository.ts';
import { type AccountEnv, permit, type RouteEnv, refuse, type Services, signedIn } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json } from './valid.ts';

/** Whether the server lets an account create processes. */
function mayCreate(account: Account): boolean {
  const nowhere = { process: null, draft: null, rounds: [], now: new Date() };
  return account.mayCreateProcesses && may('creator', 'process.create', nowhere);
}

/** The processes somebody belongs to, and making new ones. */
export function processListRoutes(services: Services) {
  const { db } = services;

  async function settingsOfAnother(processId: string, userId: string) {
    if ((await findStanding(db, { processId }, userId)) === null) return null;
    const { sections } = await findProcess(db, processId);
    return { termsOf: processId, sections };
  }

  return new Hono<AccountEnv>()
    .get('/', signedIn(services), async (c) =>
      c.json({ processes: await listProcesses(db, c.get('userId')) }),
    )
    .post('/', signedIn(services), json(newProcess), async (c) => {
      const userId = c.get('userId');
      if (!mayCreate(await findAccount(db, userId))) {
        return refuse(
          c,
          403,
          'forbidden',
          'Your account may not create processes. Ask whoever runs this server.',
        );
      }
      const input = c.req.valid('json');
      const settings = 'copyFrom' in input ? await settingsOfAnother(input.copyFrom, userId) : input;
      if (settings === null) return refuse(c, 404, 'not-found', 'There is no such process to copy from.');
      const { name } = input;
      const id = await db.transaction().execute(async (trx) => {
        const processId = await createProcess(trx, userId, { ...settings, name });
        const deed: Deed = {
          action: 'process.create',
          objectKind: 'process',
          objectId: processId,
          processId,
        };
        await record(trx, c.get('author'), { ...deed, details: { name } });
        return processId;
      });
      return c.json({ id }, 201);
    });
}

/** One process: its settings, its state, its drafts. */
export function processRoutes(services: Services) {
  const { db } = services;
  return new Hono<RouteEnv>()
    .get('/:processId', permit(services, 'process.read'), async (c) => {
      const [view] = await listProcesses(db, c.get('userId'), { processId: c.get('processId') });
      return view ? c.json(view, 200) : refuse(c, 404, 'not-found', 'There is no such process.');
    })
    .patch('/:processId', permit(services, 'process.manage'), json(processChange), async (c) => {
      const processId = c.get('processId');
      const change = c.req.valid('json');
      await db.transaction().execute(async (trx) => {
        await changeProcess(trx, processId, change);
        const deed: Deed = {
          action: 'process.change',
          objectKind: 'process',
          objectId: processId,
          processId,
        };
        const details = { changed: Object.keys(change), ...(change.name ? { name: change.name } : {}) };
        await record(trx, c.get('author'), { ...deed, details });
      });
      await notifyProcess(services, processId, 'draft');
      return c.json({ ok: true as const }, 200);
    })
    .put('/:processId/state', permit(services, 'process.manage'), json(stateChange), async (c) => {
      const processId = c.get('processId');
      const { state } = c.req.valid('json');
      await db.transaction().execute(async (trx) => {
        await setProcessState(trx, processId, state);
        const deed: Deed = { action: 'process.state', objectKind: 'process', objectId: processId, processId };
        await record(trx, c.get('author'), { ...deed, details: { state } });
      });
      await notifyProcess(services, processId, 'draft');
      return c.json({ ok: true as const }, 200);
    })
    .post('/:processId/drafts', permit(services, 'draft.create'), json(newDraft), async (c) => {
      const processId = c.get('processId');
      const { title, copyOf } = c.req.valid('json');
      if (copyOf !== undefined) {
        const source = await findStanding(db, { draftId: copyOf }, c.get('userId'));
        if (source === null || source.processId !== processId)
          return refuse(c, 404, 'not-found', 'There is no such draft in this process to copy.');
        const now = new Date();
        const verdict = permission(source.viewer.role, 'draft.read', { ...source.circumstances, now });
        if (!verdict.allowed) return refuse(c, 403, 'forbidden', explain(verdict.reason), verdict.reason);
      }
      const update =
        copyOf === undefined
          ? blankText(title, (await findProcess(db, processId)).sections)
          : copiedText(await readDocument(services.log, copyOf));
      const id = await db.transaction().execute(async (trx) => {
        const draftId = await createDraft(trx, { processId, title, userId: c.get('userId') }, update);
        const details = { title, ...(copyOf === undefined ? {} : { copyOf }) };
        const deed: Deed = { action: 'draft.create', objectKind: 'draft', objectId: draftId, processId };
        await record(trx, c.get('author'), { ...deed, details });
        return draftId;
      });
      services.linkIndex.due(id);
      return c.json({ id }, 201);
    });
}
