import { randomUUID } from 'node:crypto';
import {
  type ProcessChange,
  type ProcessSummary,
  type ProcessView,
  roleInEffect,
  type State,
  type Viewer,
} from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import type { TaxonomyName } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { listDraftsOf } from '../drafts/repository.ts';
import { colorOf } from '../http/color.ts';
import { listRounds } from '../rounds/repository.ts';
import { copyTerms, createTerms, setLabels } from '../taxonomies/labels.ts';
import { Terms } from '../taxonomies/terms.ts';
import { settingsOf } from './settings.ts';

interface ProcessRow {
  id: string;
  name: string;
  illustrative: number;
  definition: string;
  state: State;
  stateSince: string;
}

async function summarize(db: Database, row: ProcessRow): Promise<ProcessSummary> {
  const { sections } = settingsOf(row.definition);
  const terms = await Terms.read(db, row.id);
  const labels = (taxonomy: TaxonomyName): string[] => terms.labels(taxonomy, { retired: false });
  return {
    id: row.id,
    name: row.name,
    illustrative: row.illustrative === 1,
    state: row.state,
    stateSince: row.stateSince,
    themes: labels('themes'),
    dimensions: labels('dimensions'),
    kinds: labels('kinds'),
    stakeholderKinds: labels('stakeholderKinds'),
    regions: labels('regions'),
    sections,
    rounds: await listRounds(db, row.id),
  };
}

export async function findProcess(db: Database, id: string): Promise<ProcessSummary> {
  return summarize(
    db,
    await db.selectFrom('process').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
}

/**
 * The processes that a person belongs to, the newest first, each with the drafts they see and their role in each.
 * What is in the bin is there for those who can take it out.
 */
export async function listProcesses(
  db: Database,
  userId: string,
  only: { processId?: string } = {},
): Promise<ProcessView[]> {
  let query = db
    .selectFrom('member')
    .innerJoin('process', 'process.id', 'member.processId')
    .innerJoin('user', 'user.id', 'member.userId')
    .selectAll('process')
    .select(['user.name as userName', 'member.organisation', 'member.role', 'member.position'])
    .where('member.userId', '=', userId);
  if (only.processId !== undefined) query = query.where('process.id', '=', only.processId);
  const rows = await query.orderBy('process.createdAt', 'desc').orderBy('process.id').execute();
  const drafts = groupBy(
    await listDraftsOf(
      db,
      userId,
      rows.map(({ id }) => id),
    ),
    ({ draft }) => draft.processId,
  );
  const views: ProcessView[] = [];
  for (const row of rows) {
    const { role, organisation, position, userName } = row;
    if (row.state === 'deleted' && role !== 'facilitator') continue;
    const viewer: Viewer = { id: userId, name: userName, organisation, role, color: colorOf(position) };
    views.push({
      process: await summarize(db, row),
      viewer,
      drafts: (drafts.get(row.id) ?? []).flatMap(({ draft, draftRole }) => {
        const inEffect = roleInEffect(role, draftRole);
        if (inEffect === null || (draft.state === 'deleted' && inEffect !== 'facilitator')) return [];
        return [{ draft, viewer: { ...viewer, role: inEffect } }];
      }),
    });
  }
  return views;
}

/** Makes a process with its first facilitator. Returns its id. */
export async function createProcess(
  db: Database,
  userId: string,
  input: { name: string; sections: string[] } & (
    | { themes: string[]; dimensions: string[] }
    | { termsOf: string }
  ),
): Promise<string> {
  const id = randomUUID();
  const createdAt = new Date().toISOString();
  const { name, sections } = input;
  await db
    .insertInto('process')
    .values({
      id,
      name,
      illustrative: 0,
      definition: JSON.stringify({ sections }),
      createdAt,
      stateSince: createdAt,
    })
    .execute();
  await db
    .insertInto('member')
    .values({
      processId: id,
      userId,
      role: 'facilitator',
      organisation: null,
      position: 0,
      joinedAt: createdAt,
    })
    .execute();
  if ('termsOf' in input) await copyTerms(db, input.termsOf, id);
  else await createTerms(db, id, { themes: input.themes, dimensions: input.dimensions });
  return id;
}

/** Changes a process's name or settings; what is left out stays. */
export async function changeProcess(db: Database, id: string, change: ProcessChange): Promise<void> {
  const { name, themes, dimensions, ...settings } = change;
  if (themes) await setLabels(db, id, 'themes', themes);
  if (dimensions) await setLabels(db, id, 'dimensions', dimensions);
  const row = await db
    .selectFrom('process')
    .select('definition')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('process')
    .set({
      ...(name === undefined ? {} : { name }),
      definition: JSON.stringify({ ...settingsOf(row.definition), ...settings }),
    })
    .where('id', '=', id)
    .execute();
}

export async function setProcessState(db: Database, id: string, state: State): Promise<void> {
  await db
    .updateTable('process')
    .set({ state, stateSince: new Date().toISOString() })
    .where('id', '=', id)
    .execute();
}
