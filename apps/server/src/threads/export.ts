import { plainBody, signature, THREAD_STATE_LABELS, type Thread, type Visibility } from '@zerodraft/contract';
import type * as Y from 'yjs';
import type { Database } from '../db/database.ts';
import { placer } from './places.ts';
import { listThreads } from './repository.ts';

const HEADERS = [
  'Number',
  'Section',
  'Place',
  'Quotation',
  'Text removed',
  'Organisation',
  'Author',
  'Date',
  'Comment',
  'Reply',
  'State',
  'Decided by',
  'Decided on',
  'Reason',
  'Assigned to',
  'Due',
  'Labels',
  'Round',
  'Visible to',
] as const;

const PLACES: Record<Thread['kind'], string> = {
  range: 'Text',
  clause: 'Clause',
  section: 'Section',
  draft: 'Draft',
};

/** Names of what comments refer to. */
async function namesIn(db: Database, processId: string) {
  const [people, recommendations] = await Promise.all([
    db.selectFrom('user').select(['id', 'name']).execute(),
    db.selectFrom('recommendation').select(['id', 'reference']).where('processId', '=', processId).execute(),
  ]);
  return {
    person: new Map(people.map(({ id, name }) => [id, name])),
    recommendation: new Map(recommendations.map(({ id, reference }) => [id, reference])),
  };
}

/**
 * The threads of a draft that somebody may know of, as the rows of a sheet in the order of the text, headers first.
 * @param doc the draft as it is now: numbers and sections come from it
 * @param audience `all` leaves out what is private to the team
 */
export async function threadSheet(
  db: Database,
  place: { processId: string; draftId: string },
  userId: string,
  doc: Y.Doc,
  audience: Visibility,
): Promise<string[][]> {
  const listed = await listThreads(db, place.draftId, userId);
  const threads = listed.threads.filter(({ visibility }) => audience === 'team' || visibility === 'all');
  const { placeOf, citationOf } = placer(doc, threads);
  const names = await namesIn(db, place.processId);
  const plain = (body: string): string =>
    plainBody(body, ({ kind, id }) => {
      if (kind === 'organisation') return id;
      return kind === 'clause' ? citationOf(id) : (names[kind].get(id) ?? null);
    });
  const rows = threads.map((thread) => {
    const { index, number, section, gone } = placeOf(thread);
    const [first, ...replies] = thread.comments.filter(({ deleted }) => deleted === null);
    const cells: Record<(typeof HEADERS)[number], string> = {
      Number: number,
      Section: section,
      Place: PLACES[thread.kind],
      Quotation: thread.quote,
      'Text removed': gone ? 'yes' : '',
      Organisation: thread.createdBy.organisation ?? '',
      Author: thread.createdBy.name,
      Date: thread.createdAt,
      Comment: first ? plain(first.body) : '',
      Reply: replies
        .map((reply) => `${signature(reply.author)} (${reply.createdAt.slice(0, 10)}): ${plain(reply.body)}`)
        .join('\n\n'),
      State: THREAD_STATE_LABELS[thread.state],
      'Decided by': thread.decided ? signature(thread.decided.by) : '',
      'Decided on': thread.decided?.at ?? '',
      Reason: thread.decided?.reason ?? '',
      'Assigned to': thread.assignee ? signature(thread.assignee) : '',
      Due: thread.dueOn ?? '',
      Labels: thread.labels.join('; '),
      Round: thread.round?.name ?? '',
      'Visible to': thread.visibility === 'team' ? 'The facilitators’ team' : 'All',
    };
    return { index, cells: HEADERS.map((header) => cells[header]) };
  });
  // Threads of one clause stay in the order in which they were made.
  rows.sort((a, b) => a.index - b.index);
  return [[...HEADERS], ...rows.map(({ cells }) => cells)];
}
