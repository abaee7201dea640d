import { searchQuery } from '@zerodraft/contract';
import { MAX_IMPORT_BYTES } from '@zerodraft/formats';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { listRecommendations, searchRecommendations } from '../library/repository.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { importPlace, sentForm, tellOfImport } from './imports.ts';
import { limit } from './rate-limits.ts';
import { query } from './valid.ts';

/** Routes of a process's recommendations: list, search, import. */
export function libraryRoutes(services: Services) {
  const { db, imports, limits } = services;
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
      const report = await imports.sheet(importPlace(c), await sentForm(c));
      if ('status' in report) return refuse(c, report.status, report.code, report.error);
      if (report.committed) await tellOfImport(services, c.get('processId'));
      return c.json(report, 200);
    });
}
