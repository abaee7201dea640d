import { beforeEach, describe, expect, it } from 'vitest';
import type { DraftLog, Fold } from './interfaces.ts';

/** What a storage under test offers beside its log. */
export interface LogUnderTest {
  log: DraftLog;
  /** Makes a draft without updates. */
  create(draftId: string): Promise<void>;
  /** Changes the bytes of the newest row behind the log's back; of the snapshot when there is no row. */
  corrupt(draftId: string): Promise<void>;
  /** Begins a new generation of a draft. */
  regenerate(draftId: string, generation: number): Promise<void>;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const plain = (update: Uint8Array): number[] => [...update];

/** The promises every storage of drafts keeps (SPEC STO-1..6). */
export function describeDraftLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`the draft log in ${name}`, () => {
    let store: LogUnderTest;
    let log: DraftLog;
    beforeEach(async () => {
      store = await open();
      log = store.log;
      await store.create('a');
      await store.create('b');
    });
    const append = (draftId: string, ...values: number[]) =>
      log.append(
        values.map((value) => ({ draftId, generation: 1, update: bytes(value), userId: `u${value}` })),
      );
    const tail = async (draftId: string): Promise<number[]> =>
      (await log.read(draftId)).tail.flatMap(({ update }) => plain(update));
    const foldOf = async (draftId: string, snapshot: number): Promise<Fold> => {
      const { generation, tail: rows } = await log.read(draftId);
      const history = rows.map(({ update, userId, createdAt }) => ({
        update,
        userId,
        from: createdAt,
        to: createdAt,
      }));
      return { generation, snapshot: bytes(snapshot), rows: rows.map(({ id }) => id), history };
    };

    it('STO-1 gives updates back in the order of their appending, each draft its own', async () => {
      await append('a', 1, 2);
      await append('b', 9);
      await append('a', 3);
      expect(await tail('a')).toEqual([1, 2, 3]);
      expect(await tail('b')).toEqual([9]);
      expect((await log.read('a')).tail.map(({ userId }) => userId)).toEqual(['u1', 'u2', 'u3']);
    });

    it('STO-2 appends to several drafts in one call, all or none', async () => {
      const entry = (draftId: string) => ({ draftId, generation: 1, update: bytes(5), userId: null });
      await log.append([entry('a'), entry('b')]);
      await expect(log.append([entry('a'), entry('missing')])).rejects.toThrow();
      expect([await tail('a'), await tail('b')]).toEqual([[5], [5]]);
    });

    it('STO-3 rejects reading a draft that is not there', async () => {
      await expect(log.read('missing')).rejects.toThrow();
    });

    it('STO-4 a fold replaces exactly its rows; what came meanwhile stays in the tail', async () => {
      await append('a', 1, 2);
      const fold = await foldOf('a', 12);
      await append('a', 3);
      expect(await log.fold('a', fold)).toBe(true);
      const stored = await log.read('a');
      expect(stored.snapshot && plain(stored.snapshot)).toEqual([12]);
      expect(await tail('a')).toEqual([3]);
      expect((await log.history('a')).map(({ update, userId }) => [...update, userId])).toEqual([
        [1, 'u1'],
        [2, 'u2'],
      ]);
    });

    it('STO-5 a fold whose rows another fold took changes nothing', async () => {
      await append('a', 1, 2);
      const [first, second] = [await foldOf('a', 12), await foldOf('a', 99)];
      expect(await log.fold('a', first)).toBe(true);
      expect(await log.fold('a', second)).toBe(false);
      const stored = await log.read('a');
      expect(stored.snapshot && plain(stored.snapshot)).toEqual([12]);
      expect(await log.history('a')).toHaveLength(2);
    });

    it('STO-7 tells a row and a snapshot whose bytes are no longer those that were written', async () => {
      await append('a', 1, 2);
      await store.corrupt('a');
      expect((await log.read('a')).tail.map(({ intact }) => intact)).toEqual([true, false]);
      await append('b', 1);
      await log.fold('b', await foldOf('b', 7));
      expect(await log.read('b')).toMatchObject({ snapshotIntact: true });
      await store.corrupt('b');
      expect(await log.read('b')).toMatchObject({ snapshotIntact: false });
    });

    it('STO-6 a new generation begins empty, and nothing of the old one enters it', async () => {
      await append('a', 1);
      const old = await foldOf('a', 7);
      await store.regenerate('a', 2);
      await append('a', 2);
      expect(await log.fold('a', old)).toBe(false);
      expect(await log.read('a')).toMatchObject({ generation: 2, snapshot: null, tail: [] });
    });
  });
}
