import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, databaseFile, openDatabase } from './database.ts';

let dir: string;
let db: Database;
let other: BetterSqlite.Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zerodraft-'));
  db = await openDatabase(dir);
  other = new BetterSqlite(databaseFile(dir));
});
afterEach(async () => {
  other.close();
  await db.destroy();
  rmSync(dir, { recursive: true });
});

const names = async (): Promise<string[]> =>
  (await db.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name);
const add = (on: Database, name: string) => on.insertInto('setting').values({ name, value: '' }).execute();

describe('while another connection writes', () => {
  it('writing waits, reading and the event loop go on, and then all is written once', async () => {
    other.exec("begin immediate; insert into setting (name, value) values ('other', '')");
    const written: string[] = [];
    const single = add(db, 'single').then(() => written.push('single'));
    const inOne = db
      .transaction()
      .execute(async (trx) => {
        expect((await trx.selectFrom('setting').selectAll().execute()).length).toBeGreaterThan(0);
        await add(trx, 'first');
        await add(trx, 'second');
      })
      .then(() => written.push('transaction'));
    // Each question is a turn of the event loop; none of them sees what is not committed.
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await names()).toEqual([]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toEqual([]);
    other.exec('commit');
    await Promise.all([single, inOne]);
    expect(await names()).toEqual(['first', 'other', 'second', 'single']);
  });

  it('what fails of itself is not tried again', async () => {
    await add(db, 'twice');
    await expect(add(db, 'twice')).rejects.toThrow('UNIQUE');
    await expect(
      db.transaction().execute(async (trx) => {
        await add(trx, 'gone');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await names()).toEqual(['twice']);
  });
});
