import { randomInt } from 'node:crypto';
import type { Box, BoxTerm, PublicBox } from '@zerodraft/contract';
import { RECOMMENDATION_KIND_LABELS, SOURCE_KIND_LABELS } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { Terms } from '../taxonomies/terms.ts';

/** Letters of addresses that nobody mistakes for each other. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** An address that tells the process and cannot be guessed from its name alone. */
function newSlug(processName: string): string {
  const words = processName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .slice(0, 3);
  const tail = Array.from({ length: 6 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return [...words, tail].join('-').slice(-60).replace(/^-+/, '');
}

/** A process's box, or null while it has none. @param address where people open this server */
export async function findBox(db: Database, processId: string, address: string): Promise<Box | null> {
  const row = await db.selectFrom('box').selectAll().where('processId', '=', processId).executeTakeFirst();
  if (!row) return null;
  const { waiting, total } = await db
    .selectFrom('deposit')
    .select(({ fn }) => [
      fn.countAll<number>().as('total'),
      fn.count<number>('deposit.seq').filterWhere('deposit.state', '=', 'new').as('waiting'),
    ])
    .where('processId', '=', processId)
    .executeTakeFirstOrThrow();
  const { slug, changedAt } = row;
  return { slug, link: `${address}/box/${slug}`, open: row.open === 1, changedAt, waiting, total };
}

/**
 * Opens, closes or moves a process's box, and makes it the first time.
 * @returns what was changed; `taken` when the address is another box's
 */
export async function changeBox(
  db: Database,
  processId: string,
  { open, slug }: { open: boolean; slug?: string | undefined },
): Promise<'taken' | { opened: boolean; closed: boolean; moved: boolean }> {
  const before = await db
    .selectFrom('box')
    .select(['slug', 'open'])
    .where('processId', '=', processId)
    .executeTakeFirst();
  if (slug !== undefined) {
    const other = await db.selectFrom('box').select('processId').where('slug', '=', slug).executeTakeFirst();
    if (other && other.processId !== processId) return 'taken';
  }
  const changedAt = new Date().toISOString();
  if (!before) {
    const { name } = await db
      .selectFrom('process')
      .select('name')
      .where('id', '=', processId)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('box')
      .values({ processId, slug: slug ?? newSlug(name), open: open ? 1 : 0, sourceId: null, changedAt })
      .execute();
    return { opened: open, closed: false, moved: false };
  }
  const next = { slug: slug ?? before.slug, open: open ? 1 : 0 };
  const moved = next.slug !== before.slug;
  const turned = next.open !== before.open;
  if (moved || turned)
    await db
      .updateTable('box')
      .set({ ...next, changedAt })
      .where('processId', '=', processId)
      .execute();
  return { opened: turned && open, closed: turned && !open, moved };
}

/** The box at an address with what decides whether it takes anything; null when there is none. */
export async function boxAt(db: Database, slug: string) {
  const row = await db
    .selectFrom('box')
    .innerJoin('process', 'process.id', 'box.processId')
    .select(['box.processId', 'box.open', 'process.name as processName', 'process.illustrative'])
    .select(['process.definition', 'process.state', 'process.stateSince'])
    .where('box.slug', '=', slug)
    .executeTakeFirst();
  return row ?? null;
}

/** What a box's form offers. Kinds that are still called what processes begin with are named, so that pages translate them. */
export async function boxLists(
  db: Database,
  processId: string,
): Promise<Pick<PublicBox, 'themes' | 'dimensions' | 'kinds' | 'stakeholderKinds' | 'regions'>> {
  const terms = await Terms.read(db, processId);
  const translatable = (
    taxonomy: 'kinds' | 'stakeholderKinds',
    words: Readonly<Record<string, string>>,
  ): BoxTerm[] =>
    terms.rows
      .filter((row) => row.taxonomy === taxonomy && row.mergedIntoId === null && row.retiredAt === null)
      .map(({ label, key }) => ({ label, key: key !== null && words[key] === label ? key : null }));
  const labels = (taxonomy: 'themes' | 'dimensions' | 'regions'): string[] =>
    terms.labels(taxonomy, { retired: false });
  return {
    themes: labels('themes'),
    dimensions: labels('dimensions'),
    kinds: translatable('kinds', RECOMMENDATION_KIND_LABELS),
    stakeholderKinds: translatable('stakeholderKinds', SOURCE_KIND_LABELS),
    regions: labels('regions'),
  };
}
