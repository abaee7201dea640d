import { type ImportReport, searchQuery } from '@zerodraft/contract';
import {
  columnMapping,
  FormatError,
  guessMapping,
  MAX_IMPORT_BYTES,
  RECOMMENDATION_FIELDS,
  readRecommendations,
  readTable,
} from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { record } from '../audit/record.ts';
import { setGoneAside } from '../library/gone.ts';
import { listRecommendations, searchRecommendations } from '../library/repository.ts';
import { addMissing, allLabels, upsertRecommendations } from '../library/upsert.ts';
import { Terms } from '../taxonomies/terms.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

const PREVIEW_ROWS = 8;

/** Routes of a process's recommendations: list, search, import. */
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
    .get('/:processId/search', permit(services, 'recommendation.read'), query(searchQuery), async (c) =>
      c.json({ hits: await searchRecommendations(db, c.get('processId'), c.req.valid('query').q) }),
    )
    .post('/:processId/imports', permit(services, 'recommendation.import'), rate, tooLarge, async (c) => {
      const form = await c.req.parseBody();
      const { file } = form;
      if (!(file instanceof File))
        return refuse(c, 400, 'no-file', 'Send the file in the form field "file".');
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
        const commit = form.commit === 'true';
        const processId = c.get('processId');
        const terms = await Terms.read(db, processId);
        // Regions come with what is imported; other terms only when somebody says so.
        const open = form.terms === 'add' ? TAXONOMIES : (['regions'] as const);
        const { valid, errors } = readRecommendations(table, mapping, { labels: allLabels(terms), open });
        const mapped = new Set(
          RECOMMENDATION_FIELDS.map(({ field }) => field).filter((field) => mapping[field] !== undefined),
        );
        const restore = form.restore === 'true';
        const { gone, ...counts } = await db.transaction().execute(async (trx) => {
          const place = { processId, userId: c.get('userId') };
          const { kept, ...sorted } = await setGoneAside(trx, processId, valid, restore);
          if (commit) await addMissing(trx, processId, kept);
          const result = await upsertRecommendations(trx, place, kept, mapped, commit);
          const details = { file: file.name.slice(0, 200), ...result };
          const deed = { objectKind: 'process', objectId: processId, processId, details } as const;
          if (commit) await record(trx, c.get('author'), { action: 'recommendation.import', ...deed });
          return { ...result, gone: sorted };
        });
        if (commit)
          for (const topic of ['recommendations', 'taxonomies', 'draft'] as const)
            await notifyProcess(services, processId, topic);
        const leftOut = new Set(gone.errors.map(({ row }) => row));
        const report: ImportReport = {
          headers: table.headers,
          mapping,
          preview: valid
            .filter(({ row }) => !leftOut.has(row))
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
          errors: [...errors, ...gone.errors].sort((a, b) => a.row - b.row),
          deleted: gone.deleted,
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
