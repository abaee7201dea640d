import type { NearDuplicate } from '@zerodraft/contract';
import { spelled, withoutUnspaced } from '@zerodraft/trace';
import { unspacedWords } from '@zerodraft/trace/suggest';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { likeness, profileOf, raritiesOf } from './likeness.ts';
import type { DepositRow } from './repository.ts';

/** Words that candidates are looked for with, and candidates that are compared. */
const WORDS = 24;
const CANDIDATES = 60;
/** Suggestions shown at most, and how alike they must be: measured in tests/integration/near-duplicates.test.ts. */
const SHOWN = 5;
const ALIKE = 0.44;

/** How many letters a sign counts for where it is more than a letter. */
const LETTERS = 3;

/**
 * The longest words of a text, any of which may stand in a candidate; the longest are seldom the common ones. Of writings
 * without spaces those of two signs and more.
 */
function expressionOf(text: string): string | null {
  const spaced =
    withoutUnspaced(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const unspaced = unspacedWords(text).filter((word) => word.length > 1);
  const lengths = new Map([
    ...spaced.map((word) => [word, word.length] as const),
    ...unspaced.map((word) => [word, word.length * LETTERS] as const),
  ]);
  const chosen = [...lengths].sort(([, a], [, b]) => b - a).slice(0, WORDS);
  return chosen.length === 0 ? null : chosen.map(([word]) => `"${spelled(word)}"`).join(' OR ');
}

type Candidate = Omit<NearDuplicate, 'likeness'>;

/**
 * What may be the same as a deposit among a process's recommendations and the deposits that wait, the likest first:
 * the full-text index finds what shares words, runs of letters and words without spaces tell how alike it is.
 */
export async function nearDuplicatesOf(db: Database, row: DepositRow): Promise<NearDuplicate[]> {
  const expression = expressionOf(`${row.title} ${row.text}`);
  if (expression === null) return [];
  const { rows: recommendations } = await sql<Candidate>`
    select 'recommendation' as kind, r.id, r.reference, r.title, r.text, r.source
    from recommendation_fts join recommendation r on r.seq = recommendation_fts.rowid
    where recommendation_fts match ${expression} and r.processId = ${row.processId}
    and r.deletedAt is null and r.mergedIntoId is null
    and not exists (select 1 from deposit_outcome o where o.depositId = ${row.id} and o.recommendationId = r.id)
    order by bm25(recommendation_fts) limit ${CANDIDATES}`.execute(db);
  const { rows: deposits } = await sql<Candidate>`
    select 'deposit' as kind, d.id, '' as reference, d.title, d.text, d.name as source
    from deposit_fts join deposit d on d.seq = deposit_fts.rowid
    where deposit_fts match ${expression} and d.processId = ${row.processId} and d.state = 'new' and d.id <> ${row.id}
    order by bm25(deposit_fts) limit ${CANDIDATES}`.execute(db);
  const candidates = [...recommendations, ...deposits].map((candidate) => ({
    candidate,
    profile: profileOf(`${candidate.title} ${candidate.text}`),
  }));
  const rarity = raritiesOf(candidates.map(({ profile }) => profile));
  const own = profileOf(`${row.title} ${row.text}`);
  return candidates
    .map(({ candidate, profile }) => ({ ...candidate, likeness: likeness(own, profile, rarity) }))
    .filter((found) => found.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, SHOWN);
}
