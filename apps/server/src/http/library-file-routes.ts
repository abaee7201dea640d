import { exportQuery } from '@zerodraft/contract';
import { MAX_LIBRARY_BYTES } from '@zerodraft/formats';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { record } from '../audit/record.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { importPlace, sentForm, tellOfImport } from './imports.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

const MEDIA_TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The library as a file, and another process's library from one. */
export function libraryFileRoutes(services: Services) {
  const { db, imports, library, limits } = services;
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
        const report = await imports.library(importPlace(c), await sentForm(c));
        if ('status' in report) return refuse(c, report.status, report.code, report.error);
        if (report.committed) await tellOfImport(services, c.get('processId'));
        return c.json(report, 200);
      },
    );
}
