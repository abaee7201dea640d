import { DEFAULT_DIGEST, type NotificationKind, plainBody, THREAD_STATE_LABELS } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/mailer.ts';
import { mails } from '../mail/texts.ts';
import type { DraftReader } from '../workers/read-client.ts';
import { resolveNames, resolveTold } from './names.ts';
import { HAPPENED, ownDiscussionNotifications, ownNotifications, toldOf, UNREAD } from './repository.ts';

const DAY = 24 * 60 * 60_000;
/** Milliseconds between two looks for daily mails, and for those that were not taken. */
const INTERVAL = 10 * 60_000;
/** What waited longer is told on the screen only, as after a time without a mail server. */
const STALE = 7 * DAY;
/** Characters of a comment in a mail. */
const EXCERPT = 280;

const WORDS: Record<NotificationKind, string> = {
  mention: 'mentioned you',
  reply: 'replied',
  state: 'decided on a thread',
  assigned: 'gave you a thread',
};

/** What may still be mailed. */
function unsent(now: Date): Expression<SqlBool> {
  const notifications = expressionBuilder<Tables, 'notification'>();
  const stale = new Date(now.getTime() - STALE).toISOString();
  return notifications.and([
    UNREAD,
    notifications('notification.mailedAt', 'is', null),
    notifications('notification.at', '>', stale),
  ]);
}

async function waiting(db: Database, userId: string, now: Date) {
  return ownNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('comment', 'comment.id', 'notification.commentId')
    .leftJoin('mail_preference', (join) =>
      join
        .onRef('mail_preference.processId', '=', 'process.id')
        .onRef('mail_preference.userId', '=', 'notification.userId'),
    )
    .select(HAPPENED)
    .select(['mail_preference.digest', 'comment.body', 'draft.id as draftId', 'draft.title'])
    .select(['thread.id as threadId', 'thread.kind as threadKind', 'thread.clauseId', 'thread.sectionId'])
    .select(['thread.anchor', 'thread.quote', 'thread.state'])
    .where(unsent(now))
    .execute();
}

async function waitingDiscussions(db: Database, userId: string, now: Date) {
  return ownDiscussionNotifications(db, userId)
    .innerJoin('user as author', 'author.id', 'notification.byId')
    .leftJoin('discussion_comment as said', 'said.id', 'notification.commentId')
    .leftJoin('mail_preference', (join) =>
      join
        .onRef('mail_preference.processId', '=', 'process.id')
        .onRef('mail_preference.userId', '=', 'notification.userId'),
    )
    .select(HAPPENED)
    .select(['mail_preference.digest', 'said.body'])
    .select(['recommendation.id as recommendationId', 'recommendation.reference', 'recommendation.title'])
    .where(unsent(now))
    .execute();
}

/** When somebody was last mailed about a process; null when never. */
async function lastMailed(db: Database, userId: string, processId: string): Promise<string | null> {
  const { last } = await db
    .selectFrom('notification')
    .leftJoin('thread', 'thread.id', 'notification.threadId')
    .leftJoin('draft', 'draft.id', 'thread.draftId')
    .leftJoin('recommendation', 'recommendation.id', 'notification.recommendationId')
    .select(({ fn }) => fn.max('notification.mailedAt').as('last'))
    .where('notification.userId', '=', userId)
    .where(({ fn, eb }) => eb(fn.coalesce('draft.processId', 'recommendation.processId'), '=', processId))
    .executeTakeFirstOrThrow();
  return last;
}

type Waiting = Awaited<ReturnType<typeof waiting>>[number];
type WaitingDiscussion = Awaited<ReturnType<typeof waitingDiscussions>>[number];

/** Whether these are to go out now: at once; or, daily, a day after the last mail or after the oldest of them. */
async function isDue(
  db: Database,
  userId: string,
  rows: readonly (Waiting | WaitingDiscussion)[],
  now: Date,
): Promise<boolean> {
  const [first] = rows;
  if (!first) return false;
  const digest = first.digest ?? DEFAULT_DIGEST;
  if (digest !== 'daily') return digest === 'immediate';
  const since = (await lastMailed(db, userId, first.processId)) ?? first.at;
  return now.getTime() - Date.parse(since) >= DAY;
}

/** What a mail says of one notification, and where it leads. */
type Item = Parameters<typeof mails.digest>[1]['items'][number] & { id: number };

async function describeThreads(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  address: string,
  rows: readonly Waiting[],
): Promise<Item[]> {
  return (await resolveTold(db, reader, rows.map(toldOf))).map(
    ({ row, body, nameOf, place, draftId, thread }) => {
      const { id, byName: by, kind, title, quote, state } = row;
      const decided = `${WORDS.state}: ${THREAD_STATE_LABELS[state].toLowerCase()}`;
      return {
        ...{ id, by, quote: quote.slice(0, EXCERPT), said: plainBody(body, nameOf).slice(0, EXCERPT) },
        what: kind === 'state' ? decided : WORDS[kind],
        where: place.number === '' ? title : `${title}, ${place.number}`,
        link: `${address}/drafts/${encodeURIComponent(draftId)}?thread=${encodeURIComponent(thread.id)}`,
      };
    },
  );
}

async function describeDiscussions(
  db: Database,
  address: string,
  rows: readonly WaitingDiscussion[],
): Promise<Item[]> {
  const told = rows.map((row) => ({ row, processId: row.processId, body: row.body ?? '' }));
  return (await resolveNames(db, told)).map(({ row, body, nameOf, processId }) => {
    const { id, byName: by, kind, reference, title, recommendationId } = row;
    const page = `${encodeURIComponent(processId)}/recommendations/${encodeURIComponent(recommendationId)}`;
    return {
      ...{ id, by, quote: '', said: plainBody(body, nameOf).slice(0, EXCERPT) },
      what: WORDS[kind],
      where: `${reference}, ${title}`,
      link: `${address}/processes/${page}`,
    };
  });
}

/** Those who have something unread that was not mailed. @param urgent only who wants mails at once */
async function recipients(db: Database, urgent: boolean) {
  const query = db
    .selectFrom('notification')
    .innerJoin('user', 'user.id', 'notification.userId')
    .select(['user.id', 'user.email'])
    .distinct()
    .where('notification.mailedAt', 'is', null)
    .where('notification.readAt', 'is', null);
  if (!urgent) return query.execute();
  return query
    .where('user.id', 'in', (eb) =>
      eb.selectFrom('mail_preference').select('userId').where('digest', '=', 'immediate'),
    )
    .execute();
}

interface Sending {
  now?: Date;
  /** Looks only at those who want mails at once. */
  urgent?: boolean;
  /** Asked before each mail. */
  stopped?: () => boolean;
}

/**
 * Mails each person what they have not read, as they chose for each process: one mail for all that is due. What a mail
 * server does not take is tried again.
 * @param address the server's own
 */
export async function sendDigests(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  mailer: Pick<Mailer, 'send'>,
  address: string,
  { now = new Date(), urgent = false, stopped = () => false }: Sending = {},
): Promise<void> {
  const people = await recipients(db, urgent);
  for (const { id: userId, email } of people) {
    const byProcess = groupBy(
      [...(await waiting(db, userId, now)), ...(await waitingDiscussions(db, userId, now))].sort(
        (one, other) => one.id - other.id,
      ),
      ({ processId }) => processId,
    );
    for (const rows of byProcess.values()) {
      if (stopped()) return;
      if (!(await isDue(db, userId, rows, now))) continue;
      const ofThreads = rows.filter((row) => 'threadId' in row);
      const ofDiscussions = rows.filter((row) => 'recommendationId' in row);
      const items = [
        ...(await describeThreads(db, reader, address, ofThreads)),
        ...(await describeDiscussions(db, address, ofDiscussions)),
      ].sort((one, other) => one.id - other.id);
      const about = { processName: rows[0]?.processName ?? '', items, settings: `${address}/account#mail` };
      const delivery = await mailer.send(mails.digest(email, about));
      if (delivery === 'failed') continue;
      await db
        .updateTable('notification')
        .set({ mailedAt: now.toISOString() })
        .where('userId', '=', userId)
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
    }
  }
}

/** Sends digests now and then, and soon after something is to be told. Without a mail server it does nothing. */
export class Digests {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #next: 'urgent' | 'all' | null = null;

  constructor(
    private readonly db: Database,
    private readonly reader: DraftReader,
    private readonly mailer: Mailer,
    private readonly address: () => string,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (!this.mailer.configured) return;
    this.#timer = setInterval(() => this.#send(false), INTERVAL);
    this.#timer.unref();
    this.#send(false);
  }

  /** Something is to be told; who is mailed at once, is now. */
  wake(): void {
    this.#send(true);
  }

  #send(urgent: boolean): void {
    if (this.#timer === null) return;
    if (this.#next !== 'all') this.#next = urgent ? 'urgent' : 'all';
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    try {
      while (this.#next !== null) {
        const urgent = this.#next === 'urgent';
        this.#next = null;
        const stopped = () => this.#timer === null;
        await sendDigests(this.db, this.reader, this.mailer, this.address(), { urgent, stopped });
      }
    } catch (error) {
      this.logger.error({ err: error }, 'notifications were not mailed');
    } finally {
      this.#running = null;
    }
  }

  /** Ends it, once what is being sent is sent. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#next = null;
    await this.#running;
  }
}
