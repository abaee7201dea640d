import type { NewDeposit } from '@zerodraft/contract';
import {
  RECOMMENDATION_KIND_LABELS,
  RECOMMENDATION_KINDS,
  SOURCE_KIND_LABELS,
  SOURCE_KINDS,
} from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { spellOut } from '../db/full-text.ts';
import { hashToken } from '../secrets.ts';
import { setTerms } from '../taxonomies/holders.ts';
import { Terms } from '../taxonomies/terms.ts';
import { classify } from './terms.ts';

/** Deposits that may wait in one box: a flood ends there, and what people sent before it stays readable. */
const MAX_WAITING = 5_000;

/** What was sent in words that people read: also where a program named a kind as processes begin with it. */
function inWords<T extends { kind: string; stakeholderKind: string }>(fields: T): T {
  const kind = RECOMMENDATION_KINDS.find((key) => key === fields.kind);
  const stakeholder = SOURCE_KINDS.find((key) => key === fields.stakeholderKind);
  return {
    ...fields,
    kind: kind ? RECOMMENDATION_KIND_LABELS[kind] : fields.kind,
    stakeholderKind: stakeholder ? SOURCE_KIND_LABELS[stakeholder] : fields.stakeholderKind,
  };
}

/**
 * Keeps a deposit, once however often it is sent. Neither who sent it nor from where is kept.
 * @throws UnknownTerm when it names a term that is not offered
 * @returns `taken` when the id or the code is another deposit's, `differs` when it was sent before with other words
 */
export async function keepDeposit(
  db: Database,
  processId: string,
  { id, code, contact, language, consent: _consent, stamp: _stamp, website: _website, ...fields }: NewDeposit,
): Promise<'kept' | 'known' | 'differs' | 'taken' | 'full'> {
  const receiptHash = hashToken(code);
  const original = JSON.stringify(inWords(fields));
  const same = await db
    .selectFrom('deposit')
    .select(['id', 'processId', 'receiptHash', 'original'])
    .where(({ or, eb }) => or([eb('id', '=', id), eb('receiptHash', '=', receiptHash)]))
    .execute();
  const [known] = same;
  if (known) {
    if (known.id !== id || known.receiptHash !== receiptHash || known.processId !== processId) return 'taken';
    return known.original === original ? 'known' : 'differs';
  }
  const { n } = await db
    .selectFrom('deposit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('processId', '=', processId)
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  if (n >= MAX_WAITING) return 'full';
  const { termIds, region } = classify(await Terms.read(db, processId), fields);
  const { title, text, name } = fields;
  await db
    .insertInto('deposit')
    .values({
      ...{ id, processId, receiptHash, title, text, name, region, contact, language, original },
      sentTerms: JSON.stringify(termIds),
      receivedAt: new Date().toISOString(),
    })
    .execute();
  await spellOut(db);
  await setTerms(db, 'deposit', id, termIds);
  return 'kept';
}
