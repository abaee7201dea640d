import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMigrations } from 'better-auth/db/migration';
import { expect, it } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { readConfig } from '../env.ts';
import { createLogger } from '../logger.ts';
import { createMailer } from '../mail/mailer.ts';
import { authOptions } from './auth.ts';

it('the migrations make all that better-auth and its plugins look for', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zerodraft-auth-'));
  const db = await openDatabase(dir);
  const logger = createLogger('silent');
  const config = readConfig({ ZERODRAFT_DATA: dir }, [], dir);
  const mailer = createMailer(null, logger, () => undefined);
  const { toBeCreated, toBeAdded } = await getMigrations(
    authOptions({ db, config, mailer, logger, demo: true }),
  );
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  await db.destroy();
  rmSync(dir, { recursive: true });
});
