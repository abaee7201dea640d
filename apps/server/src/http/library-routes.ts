import { zValidator } from '@hono/zod-validator';
import { type ImportReport, searchQuery } from '@zerodraft/contract';
import {
  columnMapping,
  FormatError,
  guessMapping,
  MAX_IMPORT_BYTES,
  readRecommendations,
  readTable,
} from '@zerodraft/formats';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  findRecommendation,
  listRecommendations,
  searchRecommendations,
  upsertRecommendations,
} from '../library/repository.ts';
import { taxonomyOf } from '../process/taxonomy.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';

const PREVIEW_ROWS = 8;

/** Routes of a process's recommendations: list, one, search, import. */
export function libraryRoutes(services: Services) {
  const { db, rooms } = services;
  const tooLarge = bodyLimit({
    maxSize: MAX_IMPORT_BYTES + 64 * 1024,
    onError: (c) =>
      refuse(
        c,
        413,
        'too-large',
        `The file is larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB. Split it and import the parts.`,
      ),
  });
  return new Hono<RouteEnv>()
    .get('/:processId/recommendations', permit(services, 'recommendation.read'), async (c) =>
      c.json({ recommendations: await listRecommendations(db, c.get('processId')) }),
    )
    .get('/:processId/recommendations/:id', permit(services, 'recommendation.read'), async (c) => {
      const found = await findRecommendation(db, c.get('processId'), c.req.param('id'));
      return found
        ? c.json(found, 200)
        : refuse(c, 404, 'not-found', 'There is no such recommendation in this process.');
    })
    .get(
      '/:processId/search',
      permit(services, 'recommendation.read'),
      zValidator('query', searchQuery),
      async (c) =>
        c.json({ hits: await searchRecommendations(db, c.get('processId'), c.req.valid('query').q) }),
    )
    .post('/:processId/imports', permit(services, 'recommendation.import'), tooLarge, async (c) => {
      const form = await c.req.parseBody();
      const { file } = form;
      if (!(file instanceof File))
        return refuse(c, 400, 'no-file', 'Send the file in the form field "file".');
      const process = await db
        .selectFrom('process')
        .select('definition')
        .where('id', '=', c.get('processId'))
        .executeTakeFirstOrThrow();
      try {
        const table = await readTable(new Uint8Array(await file.arrayBuffer()), file.name);
        const chosen =
          typeof form.mapping === 'string' ? columnMapping.safeParse(parseJson(form.mapping)) : null;
        if (chosen?.success === false) {
          return refuse(
            c,
            400,
            'bad-mapping',
            'The column mapping is not readable: send a JSON object of field to column index.',
          );
        }
        const mapping = chosen?.data ?? guessMapping(table.headers);
        const { valid, errors } = readRecommendations(table, mapping, taxonomyOf(process.definition));
        const commit = form.commit === 'true';
        const counts = await upsertRecommendations(
          db,
          c.get('processId'),
          valid.map(({ value }) => value),
          commit,
        );
        if (commit) await notifyProcess(c.get('processId'));
        const report: ImportReport = {
          headers: table.headers,
          mapping,
          preview: valid
            .slice(0, PREVIEW_ROWS)
            .map(({ row, value: { reference, title, source, themes } }) => ({
              row,
              reference,
              title,
              source,
              themes,
            })),
          rows: table.rows.length,
          ...counts,
          errors,
          committed: commit,
        };
        return c.json(report, 200);
      } catch (error) {
        if (error instanceof FormatError) return refuse(c, 422, 'unreadable-file', error.message);
        throw error;
      }
    });

  async function notifyProcess(processId: string): Promise<void> {
    const drafts = await db.selectFrom('draft').select('id').where('processId', '=', processId).execute();
    await Promise.all(drafts.map(({ id }) => rooms.notify(id, 'recommendations')));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
