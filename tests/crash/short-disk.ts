import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { until } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';

/** A place for data whose room can be made to run out and to come back, by the operating system itself. */
export interface ShortDisk {
  /** Folder for the data; does not exist yet. */
  dataDir: string;
  /** No more room from now on, for this running server. */
  fill(server: TestServer): Promise<void>;
  /** There is room again. */
  free(server: TestServer): Promise<void>;
  /** What SQLite says then. */
  error: RegExp;
  remove(): void;
}

const checkpoint = z.tuple([z.object({ busy: z.number() })]);

/** Takes from the log of the database the room that it holds already: after a checkpoint it is written from its beginning. */
async function takeSpareRoom(dataDir: string): Promise<void> {
  const db = new Sqlite(join(dataDir, 'zerodraft.db'));
  await until(() => checkpoint.parse(db.pragma('wal_checkpoint(TRUNCATE)'))[0].busy === 0);
  db.close();
}

/** A file system of 24 MB in memory and a file that takes the rest of it; null where mounting is not permitted. */
export function smallFileSystem(): ShortDisk | null {
  const mount = mkdtempSync(join(tmpdir(), 'zerodraft-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mount], { stdio: 'ignore' });
  } catch {
    rmSync(mount, { recursive: true });
    return null;
  }
  const ballast = join(mount, 'ballast');
  const dataDir = join(mount, 'data');
  return {
    dataDir,
    error: /database or disk is full/,
    async fill() {
      await takeSpareRoom(dataDir);
      const file = await open(ballast, 'a');
      // Down to single pages, as the server frees and takes some meanwhile.
      for (const size of [1_048_576, 4_096]) {
        try {
          for (;;) await file.write(Buffer.alloc(size, 1));
        } catch {
          // No room for one more of this size.
        }
      }
      await file.close();
    },
    free: () => rm(ballast),
    remove() {
      execFileSync('umount', [mount]);
      rmSync(mount, { recursive: true });
    },
  };
}

/** A bound on the size of files of the server's process: works wherever the tests run, without any right. */
export function fileSizeLimit(): ShortDisk {
  const folder = mkdtempSync(join(tmpdir(), 'zerodraft-limited-'));
  const limit = (server: TestServer, bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
  };
  const dataDir = join(folder, 'data');
  return {
    dataDir,
    error: /disk I\/O error/,
    async fill(server) {
      await takeSpareRoom(dataDir);
      const { size } = await stat(join(dataDir, 'zerodraft.db-wal'));
      limit(server, String(size));
    },
    free: async (server) => limit(server, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
