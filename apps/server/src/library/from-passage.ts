import type { NewRecommendation } from '@zerodraft/contract';
import { titleFrom } from '@zerodraft/formats';
import { LIMITS, type Passage, passageText, plainText } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { readParagraphs } from '../sources/text.ts';
import { choose, offered } from '../taxonomies/choose.ts';
import { termsHeldBy } from '../taxonomies/holders.ts';
import { Terms } from '../taxonomies/terms.ts';
import { insertStates, type NewState } from './change.ts';

/** Why no recommendation was made, in words. */
export interface Declined {
  code: 'taken' | 'no-source' | 'moved-passage';
  error: string;
}

const declined = (code: Declined['code'], error: string): Declined => ({ code, error });

/** Where a passage stands, as people cite it: "p. 3, para. 12". */
function locatorOf({ from, to }: Passage, page: number | null): string {
  const paragraphs = from.n === to.n ? `para. ${from.n}` : `paras. ${from.n}–${to.n}`;
  return page === null ? paragraphs : `p. ${page}, ${paragraphs}`;
}

/** The next free number among the references of a process. */
export async function nextReference(db: Database, processId: string): Promise<string> {
  const rows = await db
    .selectFrom('recommendation')
    .select('reference')
    .where('processId', '=', processId)
    .where('reference', 'like', 'R-%')
    .execute();
  const numbers = rows.map(({ reference }) => Number(/^R-(\d{1,9})$/.exec(reference)?.[1] ?? 0));
  return `R-${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}`;
}

/**
 * Makes a recommendation from a passage of a source, if the passage says there what it is said to say.
 * @returns whether it was made now, and not by the same request before; or why it was not
 * @throws UnknownTerm when a term is not offered
 */
export async function createFromPassage(
  db: Database,
  { processId, userId }: { processId: string; userId: string },
  input: NewRecommendation,
): Promise<{ made: boolean } | Declined> {
  const { id, sourceId, passage } = input;
  const known = await db
    .selectFrom('recommendation')
    .select(['processId', 'sourceId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (known?.processId === processId && known.sourceId === sourceId) return { made: false };
  if (known)
    return declined('taken', 'This id is in use by another recommendation. Send it again with a new id.');
  const source = await db
    .selectFrom('source')
    .select(['title', 'symbol', 'who', 'session', 'phase', 'language', 'date', 'fileName'])
    .where('id', '=', sourceId)
    .where('processId', '=', processId)
    .executeTakeFirst();
  if (!source) return declined('no-source', 'There is no such source in this process.');
  const paragraphs = await readParagraphs(db, sourceId, passage.from.n, passage.to.n);
  if (passageText(paragraphs, passage) !== passage.quote)
    return declined(
      'moved-passage',
      'The source does not say this at this place. Open it anew and choose the passage again.',
    );
  const terms = await Terms.read(db, processId);
  const { themes, dimensions } = input;
  // A process that offers no kind "Other" has none to give by itself.
  const unsaid = input.kind === 'other' && !offered(terms, 'kinds', input.kind, []);
  const chosen = choose(terms, { themes, dimensions, kinds: unsaid ? [] : [input.kind] });
  const reference = input.reference ?? (await nextReference(db, processId));
  const same = await db
    .selectFrom('recommendation')
    .select('id')
    .where('processId', '=', processId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (same)
    return declined(
      'taken',
      `The reference "${reference}" is in use. Choose another, or leave it out for the next number.`,
    );
  const title = source.title || (source.fileName ?? '');
  const text = plainText(input.text ?? passage.quote);
  const state: NewState = {
    id,
    reference,
    title: input.title ?? titleFrom(text),
    text,
    source: source.who || title || 'Unknown',
    document: [source.symbol, title]
      .filter((part) => part !== '')
      .join(', ')
      .slice(0, LIMITS.short),
    locator: locatorOf(passage, paragraphs[0]?.page ?? null),
    date: source.date,
    session: source.session,
    phase: source.phase,
    language: source.language ?? '',
    disposition: 'open',
    dispositionReason: '',
    sourceId,
    passage,
    terms: terms.sort([...chosen, ...(await termsHeldBy(db, 'source', sourceId))]),
  };
  await insertStates(db, { processId, userId, kind: 'create' }, [state]);
  return { made: true };
}
