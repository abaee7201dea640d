import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { loadEmbedder } from '../library/suggest/load-embedder.ts';
import { Suggester } from '../library/suggest/suggester.ts';
import { Vectors } from '../library/suggest/vectors.ts';
import type { SuggestAnswer, SuggestRequest } from './messages.ts';
import { serveRequests } from './worker-server.ts';

const { file, model } = z.object({ file: z.string(), model: z.string().nullable() }).parse(workerData);
const db = readDatabase(file);
/** Why the model is not used; suggestions are then by words alone. */
let problem: string | null = null;
const tell = (error: unknown): void => {
  problem = error instanceof Error ? error.message : String(error);
};

const ready = (async () => {
  if (model === null) return new Suggester(db, sqlLogReader(db));
  const embedder = await loadEmbedder(model).catch(tell);
  return new Suggester(db, sqlLogReader(db), embedder ? new Vectors(embedder, tell) : null);
})();

serveRequests(async (asked: SuggestRequest): Promise<SuggestAnswer> => {
  const suggester = await ready;
  switch (asked.kind) {
    case 'recommendations':
      return { recommendations: await suggester.recommendations(asked) };
    case 'clauses':
      return { clauses: await suggester.clauses(asked) };
    case 'model':
      return { problem };
  }
});
