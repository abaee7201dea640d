import type { NewRecommendation } from '@zerodraft/contract';
import { titleFrom } from '@zerodraft/formats';
import { LIMITS, type Passage, passageText, type RecommendationInput } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { settingsOf } from '../processes/settings.ts';
import { readParagraphs } from '../sources/text.ts';
import { columnsOf } from './repository.ts';

/** Why no recommendation was made, in words. */
export interface Declined {
  code: 'taken' | 'no-source' | 'moved-passage' | 'unknown-term';
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
 */
export async function createFromPassage(
  db: Database,
  processId: string,
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
    .select(['title', 'symbol', 'who', 'stakeholderKind', 'date', 'fileName'])
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
  const { definition } = await db
    .selectFrom('process')
    .select('definition')
    .where('id', '=', processId)
    .executeTakeFirstOrThrow();
  const { themes, dimensions } = settingsOf(definition);
  const unknown =
    input.themes.find((theme) => !themes.includes(theme)) ??
    input.dimensions.find((dimension) => !dimensions.includes(dimension));
  if (unknown !== undefined)
    return declined(
      'unknown-term',
      `"${unknown}" is not among the process's themes and dimensions. Choose from these.`,
    );
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
  const text = input.text ?? passage.quote;
  const columns: RecommendationInput = {
    reference,
    title: input.title ?? titleFrom(text),
    text,
    source: source.who || title || 'Unknown',
    sourceKind: source.stakeholderKind,
    document: [source.symbol, title]
      .filter((part) => part !== '')
      .join(', ')
      .slice(0, LIMITS.short),
    locator: locatorOf(passage, paragraphs[0]?.page ?? null),
    date: source.date,
    themes: input.themes,
    dimensions: input.dimensions,
    kind: input.kind,
  };
  const now = new Date().toISOString();
  await db
    .insertInto('recommendation')
    .values({
      ...columnsOf(columns),
      id,
      processId,
      sourceId,
      passage: JSON.stringify(passage),
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return { made: true };
}
