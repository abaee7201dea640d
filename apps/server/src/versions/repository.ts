import { crc32 } from 'node:zlib';
import type { Version, VersionKind } from '@zerodraft/contract';
import { MAX_VERSIONS } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

const select = (db: Database, draftId: string) =>
  db
    .selectFrom('version')
    .leftJoin('user', 'user.id', 'version.createdBy')
    .select(['version.id', 'version.name', 'version.note', 'version.kind', 'version.createdAt'])
    .select(['version.createdBy', 'version.roundId', 'version.roundName', 'user.name as author'])
    .where('version.draftId', '=', draftId);

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function versionOf({ createdBy, author, roundId, roundName, ...row }: Row): Version {
  return {
    ...row,
    createdBy: createdBy === null ? null : { id: createdBy, name: author ?? '' },
    round: roundId === null ? null : { id: roundId, name: roundName ?? '' },
  };
}

/** A draft's versions, newest first. */
export async function listVersions(db: Database, draftId: string): Promise<Version[]> {
  const rows = await select(db, draftId).orderBy('version.createdAt', 'desc').orderBy('version.id').execute();
  return rows.map(versionOf);
}

export async function findVersion(db: Database, draftId: string, id: string): Promise<Version | null> {
  const row = await select(db, draftId).where('version.id', '=', id).executeTakeFirst();
  return row ? versionOf(row) : null;
}

/**
 * The state that a version keeps, as one update; null when there is no such version.
 * @throws when its bytes are no longer those that were written
 */
export async function readState(db: Database, draftId: string, id: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('version')
    .select(['state', 'checksum'])
    .where('draftId', '=', draftId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  if (crc32(row.state) !== row.checksum) throw new Error(`The state of version ${id} is damaged.`);
  return row.state;
}

/** Whose id this is: nobody's, this draft's, or another's. */
export async function standingOf(
  db: Database,
  draftId: string,
  id: string,
): Promise<'free' | 'known' | 'taken'> {
  const row = await db.selectFrom('version').select('draftId').where('id', '=', id).executeTakeFirst();
  if (!row) return 'free';
  return row.draftId === draftId ? 'known' : 'taken';
}

export interface KeptVersion {
  id: string;
  draftId: string;
  name: string;
  note: string;
  kind: VersionKind;
  round: { id: string; name: string } | null;
  createdBy: string | null;
}

/** Keeps a state. @returns false when the draft has as many versions as it can; what the server keeps by itself always fits */
export async function keepVersion(db: Database, version: KeptVersion, state: Uint8Array): Promise<boolean> {
  const { round, ...rest } = version;
  if (version.kind === 'made') {
    const { n } = await db
      .selectFrom('version')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('draftId', '=', version.draftId)
      .executeTakeFirstOrThrow();
    if (n >= MAX_VERSIONS) return false;
  }
  const payload = Buffer.from(state);
  await db
    .insertInto('version')
    .values({
      ...rest,
      roundId: round?.id ?? null,
      roundName: round?.name ?? null,
      createdAt: new Date().toISOString(),
      state: payload,
      checksum: crc32(payload),
    })
    .execute();
  return true;
}

export async function changeVersion(
  db: Database,
  id: string,
  change: { name?: string | undefined; note?: string | undefined },
): Promise<void> {
  const values = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(values).length > 0)
    await db.updateTable('version').set(values).where('id', '=', id).execute();
}

export async function deleteVersion(db: Database, id: string): Promise<void> {
  await db.deleteFrom('version').where('id', '=', id).execute();
}
