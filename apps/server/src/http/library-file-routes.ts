import { exportQuery } from '@zerodraft/contract';
import { FormatError, MAX_LIBRARY_BYTES, readLibraryFile } from '@zerodraft/formats';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { record } from '../audit/record.ts';
import { importLibrary, Rehearsed } from '../library/import.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

const MEDIA_TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The library as a file, and another process's library from one. */
export function libraryFileRoutes(services: Services) {
  const { db, library, limits } = services;
  const rate = limit(limits, 'imports', (c) => c.get('userId'));
  const tooLarge = bodyLimit({
    maxSize: MAX_LIBRARY_BYTES + 64 * 1024,
    onError: (c) =>
      refuse(c, 413, 'too-large', `The file is larger than ${MAX_LIBRARY_BYTES / 1024 / 1024} MiB.`),
  });
  return new Hono<RouteEnv>()
    .get(
      '/:processId/library/export',
      permit(services, 'recommendation.read'),
      query(exportQuery),
      async (c) => {
        const processId = c.get('processId');
        const { format } = c.req.valid('query');
        const file = await library.file(processId, format);
        const deed = { objectKind: 'process', objectId: processId, processId, details: { format } } as const;
        await record(db, c.get('author'), { action: 'recommendation.export', ...deed });
        return c.body(new Uint8Array(file), 200, {
          'content-type': MEDIA_TYPES[format],
          'content-disposition': `attachment; filename="recommendations.${format}"`,
          'cache-control': 'no-store',
        });
      },
    )
    .post(
      '/:processId/library/imports',
      permit(services, 'recommendation.import'),
      rate,
      tooLarge,
      async (c) => {
        const form = await c.req.parseBody();
        const { file } = form;
        if (!(file instanceof File))
          return refuse(c, 400, 'no-file', 'Send the file in the form field "file".');
        const processId = c.get('processId');
        const place = { processId, userId: c.get('userId') };
        try {
          const read = readLibraryFile(new Uint8Array(await file.arrayBuffer()), file.name);
          const report = await db.transaction().execute(async (trx) => {
            const options = { commit: form.commit === 'true', restore: form.restore === 'true' };
            const done = await importLibrary(trx, place, read, options);
            const { added, updated, unchanged } = done;
            const details = { file: file.name.slice(0, 200), added, updated, unchanged };
            const deed = { objectKind: 'process', objectId: processId, processId, details } as const;
            await record(trx, c.get('author'), { action: 'recommendation.import', ...deed });
            return done;
          });
          for (const topic of ['recommendations', 'taxonomies', 'draft'] as const)
            await notifyProcess(services, processId, topic);
          return c.json(report, 200);
        } catch (error) {
          if (error instanceof Rehearsed) return c.json(error.report, 200);
          if (error instanceof FormatError) return refuse(c, 422, 'unreadable-file', error.message);
          throw error;
        }
      },
    );
}
