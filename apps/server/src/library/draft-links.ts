import { numberBlocks, readBlocks } from '@zerodraft/schema';
import type { DraftLog, StoredDraft } from '@zerodraft/sync';
import { type Authorship, type LogPiece, linkAuthors, readLinks } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { documentOf } from '../drafts/new-text.ts';
import type { DraftLinks } from '../workers/messages.ts';

/** The states of drafts' logs, by draft: another text for each state. */
export async function readLogStates(db: Database, draftId: string | null): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    select d.id, d.generation || ' ' || coalesce((select s.updatedAt from draft_snapshot s
        where s.draftId = d.id and s.generation = d.generation), '') || ' ' ||
      coalesce((select max(u.id) from draft_update u
        where u.draftId = d.id and u.generation = d.generation), '') as state
    from draft d where ${draftId} is null or d.id = ${draftId}`.execute(db);
  return new Map(rows.map(({ id, state }) => [id, state]));
}

const UNKNOWN: Authorship = { madeBy: null, madeAt: null, changedBy: null, changedAt: null };

/** A draft's whole log, oldest first: what was folded, and what came since. */
async function piecesOf(
  log: Pick<DraftLog, 'history'>,
  draftId: string,
  { tail }: StoredDraft,
): Promise<LogPiece[]> {
  // After the tail was read: what is folded in between stands in both, and the first to bring it counts.
  const history = await log.history(draftId);
  return [
    ...history.map(({ update, userId, to }) => ({ update, userId, at: to })),
    ...tail.map(({ update, userId, createdAt }) => ({ update, userId, at: createdAt })),
  ];
}

/** What a draft's clauses are linked to, and by whom, from its log. */
export async function readDraftLinks(
  db: Database,
  log: Pick<DraftLog, 'read' | 'history'>,
  draftId: string,
): Promise<DraftLinks> {
  // Before the document: what is written in between makes the state look old, and the links are read once more.
  const state = (await readLogStates(db, draftId)).get(draftId) ?? '';
  const stored = await log.read(draftId);
  const doc = documentOf(stored);
  const blocks = readBlocks(doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const citations = new Map(blocks.map(({ id }, index) => [id, numbers[index]?.citation ?? '']));
  const read = readLinks(doc, blocks);
  const authors =
    read.length > 0 ? linkAuthors(doc, await piecesOf(log, draftId, stored)) : new Map<string, Authorship>();
  const links = read.map(({ key, clauseId, recommendationId, relation }) => ({
    clauseId,
    recommendationId,
    relation,
    key,
    citation: citations.get(clauseId) ?? '',
    ...(authors.get(key) ?? UNKNOWN),
  }));
  doc.destroy();
  return { state, links };
}
