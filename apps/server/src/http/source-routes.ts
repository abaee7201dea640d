import { newSource, paragraphsQuery, searchQuery, sourceChange, sourcesSearch } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import {
  changeSource,
  createSource,
  deleteSource,
  findSource,
  listCitations,
  listSources,
} from '../sources/repository.ts';
import { readParagraphs, searchParagraphs } from '../sources/text.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { json, query } from './valid.ts';

export const missingSource = (c: Context) =>
  refuse(c, 404, 'not-found', 'There is no such source in this process.');

const REFUSALS = {
  taken: 'This id is in use by another source. Send it again with a new id.',
  full: 'This process holds as many sources as it can. Delete some first.',
};

/** Routes of a process's sources: what is said about them, and their text. */
export function sourceRoutes(services: Services) {
  const { db, library } = services;
  /** Tells of a change of sources; and of one of the terms, as a region that is new may have become one. */
  async function notify(processId: string, terms: boolean): Promise<void> {
    await notifyProcess(services, processId, 'sources');
    if (terms) await notifyProcess(services, processId, 'taxonomies');
  }
  return new Hono<RouteEnv>()
    .get('/:processId/sources', permit(services, 'source.read'), async (c) =>
      c.json({ sources: await listSources(db, c.get('processId')) }, 200),
    )
    .post('/:processId/sources', permit(services, 'source.manage'), json(newSource), async (c) => {
      const processId = c.get('processId');
      const input = c.req.valid('json');
      const outcome = await db.transaction().execute(async (trx) => {
        const result = await createSource(trx, processId, c.get('userId'), input);
        if (result === 'made') {
          const details = { title: input.title, kind: input.kind };
          const deed = { objectKind: 'source', objectId: input.id, processId, details } as const;
          await record(trx, c.get('author'), { action: 'source.create', ...deed });
        }
        return result;
      });
      if (outcome === 'taken' || outcome === 'full') return refuse(c, 409, outcome, REFUSALS[outcome]);
      if (outcome === 'made') await notify(processId, input.region !== '');
      const made = await findSource(db, processId, input.id);
      return made === null ? missingSource(c) : c.json(made, outcome === 'made' ? 201 : 200);
    })
    .get('/:processId/sources/search', permit(services, 'source.read'), query(sourcesSearch), async (c) =>
      c.json(await library.sources(c.get('processId'), c.req.valid('query')), 200),
    )
    .get('/:processId/sources/:sourceId', permit(services, 'source.read'), async (c) => {
      const source = await findSource(db, c.get('processId'), c.req.param('sourceId'));
      if (source === null) return missingSource(c);
      return c.json({ source, citations: await listCitations(db, source.id) }, 200);
    })
    .patch(
      '/:processId/sources/:sourceId',
      permit(services, 'source.manage'),
      json(sourceChange),
      async (c) => {
        const processId = c.get('processId');
        const { version, ...change } = c.req.valid('json');
        const outcome = await db.transaction().execute(async (trx) => {
          const before = await findSource(trx, processId, c.req.param('sourceId'));
          if (before === null) return 'missing';
          if (!(await changeSource(trx, processId, before.id, { version, ...change }))) return 'changed';
          const details = { title: change.title ?? before.title, fields: Object.keys(change) };
          const deed = { objectKind: 'source', objectId: before.id, processId, details } as const;
          await record(trx, c.get('author'), { action: 'source.change', ...deed });
          return 'done';
        });
        if (outcome === 'missing') return missingSource(c);
        if (outcome === 'changed')
          return refuse(
            c,
            409,
            'changed',
            'Somebody else has changed this source. Look at it anew, then change it again.',
          );
        await notify(processId, change.region !== undefined && change.region !== '');
        const source = await findSource(db, processId, c.req.param('sourceId'));
        return source === null ? missingSource(c) : c.json(source, 200);
      },
    )
    .delete('/:processId/sources/:sourceId', permit(services, 'source.manage'), async (c) => {
      const processId = c.get('processId');
      const outcome = await db.transaction().execute(async (trx) => {
        const source = await findSource(trx, processId, c.req.param('sourceId'));
        if (source === null) return null;
        if (source.recommendations > 0) return source.recommendations;
        await deleteSource(trx, source.id);
        const details = { title: source.title, file: source.fileName };
        const deed = { objectKind: 'source', objectId: source.id, processId, details } as const;
        await record(trx, c.get('author'), { action: 'source.delete', ...deed });
        return 0;
      });
      if (outcome === null) return missingSource(c);
      if (outcome > 0)
        return refuse(
          c,
          409,
          'cited',
          `${outcome} ${outcome === 1 ? 'recommendation was' : 'recommendations were'} taken from this source; without it nobody could look them up.`,
        );
      await notifyProcess(services, processId, 'sources');
      return c.json({ ok: true as const }, 200);
    })
    .get(
      '/:processId/sources/:sourceId/paragraphs',
      permit(services, 'source.read'),
      query(paragraphsQuery),
      async (c) => {
        const source = await findSource(db, c.get('processId'), c.req.param('sourceId'));
        if (source === null) return missingSource(c);
        const { from, to, kind } = c.req.valid('query');
        const paragraphs = await readParagraphs(db, source.id, from, to, kind);
        return c.json({ paragraphs, total: source.paragraphs }, 200);
      },
    )
    .get(
      '/:processId/sources/:sourceId/search',
      permit(services, 'source.read'),
      query(searchQuery),
      async (c) => {
        const source = await findSource(db, c.get('processId'), c.req.param('sourceId'));
        if (source === null) return missingSource(c);
        return c.json(await searchParagraphs(db, source.id, c.req.valid('query').q), 200);
      },
    );
}
