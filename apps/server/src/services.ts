import { Rooms } from '@zerodraft/sync';
import { SERVER } from './audit/record.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { makeFirstFacilitator, renewSetupToken } from './auth/setup.ts';
import { type Database, databaseFile, openDatabase } from './db/database.ts';
import { sqlDraftLog } from './db/draft-log.ts';
import { Visits } from './drafts/visits.ts';
import { addressOf, type Config } from './env.ts';
import type { Services } from './http/context.ts';
import { notifyProcess } from './http/notify.ts';
import { RateLimits } from './http/rate-limits.ts';
import { LinkIndex } from './library/link-index.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMailer } from './mail/mailer.ts';
import { Metrics } from './metrics.ts';
import { Digests } from './notifications/digests.ts';
import { loadProcess, readProcess } from './processes/load.ts';
import { Reading } from './sources/reading.ts';
import { draftRules } from './sync/drafts.ts';
import { RevocationWatch } from './sync/revocation.ts';
import { RoundVersions } from './versions/round-versions.ts';
import { DocumentClient } from './workers/document-client.ts';
import { FootprintClient } from './workers/footprint-client.ts';
import { ImportClient } from './workers/import-client.ts';
import { LibraryClient } from './workers/library-client.ts';
import { LogClient } from './workers/log-client.ts';
import { MergeClient } from './workers/merge-client.ts';
import { ReadClient } from './workers/read-client.ts';
import { SuggestClient } from './workers/suggest-client.ts';

/**
 * Opens the database and makes all that the routes work with.
 * @param print where mails go when no mail server is set
 * @returns with the threads to close at the end, and the secret of a set-up link while nobody has an account
 */
export async function createServices(
  config: Config,
  print: (text: string) => void,
): Promise<{ services: Services; threads: { close(): Promise<void> }[]; setupToken: string | null }> {
  const logger = createLogger(config.logLevel);
  const db = await openDatabase(config.dataDir);
  const demo = await prepare(db, config);
  const mailer = createMailer(config.smtp, logger, print);
  const auth = createAuth({ db, config, mailer, logger, demo });
  await ensureFacilitator(db, auth, config);
  const setupToken = demo ? null : await renewSetupToken(db);
  const metrics = new Metrics(logger);
  const merger = new MergeClient();
  const writing = new LogClient(databaseFile(config.dataDir));
  const reader = new ReadClient(databaseFile(config.dataDir));
  const footprints = new FootprintClient(databaseFile(config.dataDir));
  const library = new LibraryClient(databaseFile(config.dataDir));
  const imports = new ImportClient(databaseFile(config.dataDir));
  const suggest = new SuggestClient(databaseFile(config.dataDir), config.embeddings);
  if (config.embeddings !== null) void tellOfModel(suggest, logger);
  const linkIndex: LinkIndex = new LinkIndex(db, reader, logger, async (draftId) => {
    const draft = await db
      .selectFrom('draft')
      .select('processId')
      .where('id', '=', draftId)
      .executeTakeFirst();
    if (draft) await notifyProcess({ db, rooms }, draft.processId, 'links');
  });
  const log = linkIndex.listen(sqlDraftLog(db, writing));
  const rules = draftRules((draftId) => linkIndex.mark(draftId));
  const rooms = new Rooms(log, rules, { limits: config.limits, events: metrics, merger });
  const watch = new RevocationWatch(db, (error) => logger.error({ err: error }, 'rights not read'));
  const visits = new Visits(db, (error) => logger.error({ err: error }, 'visits were not noted'));
  const limits = new RateLimits();
  const lifecycle = { stopping: false };
  const digests = new Digests(db, reader, mailer, () => addressOf(config), logger);
  const reading = new Reading(db, new DocumentClient(config.readingTime), logger, (processId) =>
    notifyProcess({ db, rooms }, processId, 'sources'),
  );
  const roundVersions = new RoundVersions(
    db,
    reader,
    logger,
    (draftId) => rooms.settled(draftId),
    (draftId) => rooms.notify(draftId, 'versions'),
  );
  const running = {
    auth,
    digests,
    imports,
    footprints,
    library,
    linkIndex,
    reading,
    rooms,
    suggest,
    roundVersions,
    visits,
    watch,
    metrics,
    limits,
    lifecycle,
  };
  const services: Services = { db, log, reader, config, demo, logger, mailer, ...running };
  return { services, threads: [merger, writing, reader, library, imports, suggest, footprints], setupToken };
}

/** Says whether the model that was asked for is used: suggestions go on by words alone without it. */
async function tellOfModel(suggest: SuggestClient, logger: Logger): Promise<void> {
  try {
    const problem = await suggest.modelProblem();
    if (problem === null) logger.info('suggested links use the sentence model');
    else logger.warn(`Suggested links go by words alone. ${problem}`);
  } catch (error) {
    logger.warn({ err: error }, 'the sentence model was not loaded');
  }
}

/** Loads the process into an empty database; says whether this database is a demo that may be offered now. */
async function prepare(db: Database, config: Config): Promise<boolean> {
  const loaded = await db.selectFrom('process').select('id').executeTakeFirst();
  if (!loaded) {
    const process = await readProcess(config.processDir);
    await db.transaction().execute(async (trx) => {
      await loadProcess(trx, process, config.demo);
      await trx
        .insertInto('setting')
        .values({ name: 'demo', value: config.demo ? '1' : '0' })
        .execute();
    });
  }
  const setting = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'demo')
    .executeTakeFirst();
  return config.demo && setting?.value === '1';
}

/** The first facilitator can come from the environment. */
async function ensureFacilitator(db: Database, auth: Auth, config: Config): Promise<void> {
  if (!config.facilitator) return;
  const email = config.facilitator.email.toLowerCase();
  const known = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  if (known) return;
  const passwordHash = await (await auth.$context).password.hash(config.facilitator.password);
  const name = email.split('@')[0] ?? email;
  await db
    .transaction()
    .execute((trx) => makeFirstFacilitator(trx, SERVER, { name, email, passwordHash }, null));
}
