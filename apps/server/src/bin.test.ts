import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { forgetExpired } from './bin.ts';
import { openDatabase } from './db/database.ts';

it('what has expired is forgotten, what has not stays', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-bin-'));
  const db = await openDatabase(dir);
  const now = new Date('2031-05-01T12:00:00Z');
  const times = { createdAt: now.toISOString(), updatedAt: now.toISOString() };
  await db
    .insertInto('user')
    .values({ id: 'u', name: 'U', email: 'u@x.example', emailVerified: 1, ...times })
    .execute();
  for (const expiresAt of ['2031-05-01T11:59:59.000Z', '2031-05-01T12:00:01.000Z']) {
    const { createdAt, updatedAt } = times;
    await sql`insert into session (id, token, userId, expiresAt, createdAt, updatedAt)
      values (${expiresAt}, ${expiresAt}, 'u', ${expiresAt}, ${createdAt}, ${updatedAt})`.execute(db);
    await sql`insert into verification (id, identifier, value, expiresAt)
      values (${expiresAt}, ${expiresAt}, 'v', ${expiresAt})`.execute(db);
  }
  await forgetExpired(db, now);
  for (const table of ['session', 'verification']) {
    const { rows } = await sql`select expiresAt from ${sql.table(table)}`.execute(db);
    expect(rows).toEqual([{ expiresAt: '2031-05-01T12:00:01.000Z' }]);
  }
  await db.destroy();
  rmSync(dir, { recursive: true });
});
