import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type ProcessDefinition, readProcessFolder } from '@zerodraft/formats';
import { seedDraft } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import * as Y from 'yjs';
import type { Database } from '../db/database.ts';
import { createDraft } from '../drafts/repository.ts';
import { listRecommendations } from '../library/repository.ts';
import { upsertRecommendations } from '../library/upsert.ts';
import { createRound } from '../rounds/repository.ts';
import { createTerms } from '../taxonomies/labels.ts';

/**
 * Reads a process folder.
 * @throws Error that lists every problem as `file:line: message`
 */
export async function readProcess(dir: string): Promise<ProcessDefinition> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error(`There is no process folder at ${dir}. Give the folder that holds process.yaml.`);
  });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(dir, path).replaceAll('\\', '/'), await readFile(path));
  }
  const result = await readProcessFolder(files);
  if (result.ok) return result.process;
  const lines = result.errors.map(
    ({ file, line, message }) => `  ${file}${line === null ? '' : `:${line}`}: ${message}`,
  );
  throw new Error(`The process in ${dir} has problems; nothing was loaded:\n${lines.join('\n')}`);
}

/** What the addresses of sample people end in; no real address can (RFC 2606), so nobody else is signed in by a click. */
export const DEMO_EMAIL_DOMAIN = '@demo.invalid';

/** Fills an empty database with a process: its people (in a demo), library, draft and links. */
export async function loadProcess(db: Database, process: ProcessDefinition, demo: boolean): Promise<void> {
  const createdAt = new Date().toISOString();
  const processId = process.slug;
  const draftId = `${process.slug}-zero-draft`;
  const { phases, description } = process;
  await db
    .insertInto('process')
    .values({
      id: processId,
      name: process.name,
      illustrative: process.illustrative ? 1 : 0,
      definition: JSON.stringify({ description, phases, sections: sectionsOf(process) }),
      createdAt,
      stateSince: createdAt,
    })
    .execute();
  if (demo) {
    for (const [position, { id, name, organisation, role }] of process.people.entries()) {
      const times = { createdAt, updatedAt: createdAt };
      const account = { id, name, email: `${id}${DEMO_EMAIL_DOMAIN}`, emailVerified: 1, ...times };
      const mayCreateProcesses = role === 'facilitator' ? 1 : 0;
      await db
        .insertInto('user')
        .values({ ...account, mayCreateProcesses })
        .execute();
      const member = { processId, userId: id, role, organisation: organisation ?? null };
      await db
        .insertInto('member')
        .values({ ...member, position, joinedAt: createdAt })
        .execute();
    }
  }
  const regions = process.recommendations.map(({ region }) => region).filter((region) => region !== '');
  const { themes, dimensions, kinds, stakeholderKinds } = process;
  await createTerms(db, processId, {
    themes,
    dimensions,
    ...(kinds ? { kinds } : {}),
    ...(stakeholderKinds ? { stakeholderKinds } : {}),
    regions: [...new Set([...(process.regions ?? []), ...regions])],
  });
  await upsertRecommendations(db, { processId, userId: null }, process.recommendations, null, true);
  const idOf = new Map(
    (await listRecommendations(db, processId)).map(({ id, reference }) => [reference, id]),
  );

  const doc = new Y.Doc();
  const blocks = process.draft.blocks;
  const ids = seedDraft(doc, blocks);
  for (const [index, block] of blocks.entries()) {
    for (const { reference, relation } of block.links) {
      const recommendationId = idOf.get(reference);
      const clauseId = ids[index];
      if (clauseId && recommendationId) addLink(doc, { clauseId, recommendationId, relation });
    }
  }
  for (const round of process.rounds) await createRound(db, processId, round);
  const draft = { id: draftId, processId, title: process.draft.title, userId: null };
  await createDraft(db, draft, Y.encodeStateAsUpdate(doc));
}

/** The sections that new drafts of the process begin with: those of its zero draft. */
function sectionsOf({ draft }: ProcessDefinition): string[] {
  const sections = draft.blocks.filter(({ kind }) => kind === 'section').map(({ text }) => text);
  return [...new Set(sections)];
}
