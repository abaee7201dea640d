import type { Context } from 'hono';
import type { ImportPlace } from '../library/import-form.ts';
import type { SentForm } from '../workers/import-client.ts';
import type { RouteEnv, Services } from './context.ts';
import { notifyProcess } from './notify.ts';

/** Who imports where. */
export function importPlace(c: Context<RouteEnv>): ImportPlace {
  return { processId: c.get('processId'), userId: c.get('userId'), author: c.get('author') };
}

/** The form of an import, not looked into: that is the thread's work. */
export async function sentForm(c: Context): Promise<SentForm> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  return { body, type: c.req.header('content-type') ?? '' };
}

/** Tells everybody of a process that its library is another. */
export async function tellOfImport(services: Services, processId: string): Promise<void> {
  for (const topic of ['recommendations', 'taxonomies', 'draft'] as const)
    await notifyProcess(services, processId, topic);
}
