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
import { record } from '../audit/record.ts';
import {
  findRecommendation,
  listRecommendations,
  searchRecommendations,
  upsertRecommendations,
} from '../library/repository.ts';
import { settingsOf } from '../processes/settings.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

const PREVIEW_ROWS = 8;

/** Routes of a process's recommendations: list, one, search, import. */
export function libraryRoutes(services: Services) {
  const { db, limits } = services;
  const rate = limit(limits, 'imports', (c) => c.get('userId'));
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
    .get('/:processId/search', permit(services, 'recommendation.read'), query(searchQuery), async (c) =>
      c.json({ hits: await searchRecommendations(db, c.get('processId'), c.req.valid('query').q) }),
    )
    .post('/:processId/imports', permit(services, 'recommendation.import'), rate, tooLarge, async (c) => {
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
        const { valid, errors } = readRecommendations(table, mapping, settingsOf(process.definition));
        const commit = form.commit === 'true';
        const processId = c.get('processId');
        const values = valid.map(({ value }) => value);
        const counts = await db.transaction().execute(async (trx) => {
          const result = await upsertRecommendations(trx, processId, values, commit);
          const details = { file: file.name.slice(0, 200), ...result };
          const deed = { objectKind: 'process', objectId: processId, processId, details } as const;
          if (commit) await record(trx, c.get('author'), { action: 'recommendation.import', ...deed });
          return result;
        });
        if (commit) await notifyProcess(services, processId, 'recommendations');
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
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
