import type { ReadDocument } from '@zerodraft/formats';
import { passageText } from '@zerodraft/trace';
import { sql, type UpdateObject } from 'kysely';
import type { Database } from '../db/database.ts';
import { spellOut } from '../db/full-text.ts';
import type { Tables } from '../db/schema.ts';
import type { Logger } from '../logger.ts';
import type { DocumentClient } from '../workers/document-client.ts';
import type { DocumentAnswer } from '../workers/messages.ts';
import { forgetBrokenUploads, readUpload } from './files.ts';
import { listCitations } from './repository.ts';

/** Beginnings after which a document counts as one that brings the server down. */
const MAX_ATTEMPTS = 3;
/** Paragraphs that one commit keeps: others write between. */
const BATCH = 200;

interface Waiting {
  id: string;
  processId: string;
  upload: string;
  fileName: string;
  attempts: number;
}

/**
 * Reads uploaded documents one after the other. What waits stands in the database: a stop in between costs nothing but
 * the work, and the next start goes on with it.
 */
export class Reading {
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(
    private readonly db: Database,
    private readonly client: DocumentClient,
    private readonly logger: Logger,
    /** Told when a source of a process has been read, or not. */
    private readonly onRead: (processId: string) => Promise<void>,
  ) {}

  /** Clears away what an earlier stop broke off, and goes on. */
  async start(): Promise<void> {
    await forgetBrokenUploads(this.db);
    this.wake();
  }

  /** Looks for what waits to be read. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    await this.client.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        for (let next = await this.#next(); next && !this.#stopped; next = await this.#next())
          await this.#read(next);
        // Idle, the thread would hold on to what its libraries take.
        await this.client.close();
      } catch (error) {
        this.logger.error({ err: error }, 'documents were not read');
      }
    }
  }

  /** Those not yet tried come first, so that one that fails holds up nobody. */
  async #next(): Promise<Waiting | undefined> {
    return this.db
      .selectFrom('source')
      .select(['id', 'processId', 'attempts'])
      .select(({ fn, val }) => [
        fn.coalesce('upload', val('')).as('upload'),
        fn.coalesce('fileName', val('')).as('fileName'),
      ])
      .where('state', '=', 'reading')
      .orderBy('attempts')
      .orderBy('updatedAt')
      .limit(1)
      .executeTakeFirst();
  }

  async #read(source: Waiting): Promise<void> {
    const { id, attempts, fileName } = source;
    const again = `${fileName} could not be read. Save its text as a new file and upload that.`;
    if (attempts >= MAX_ATTEMPTS) return this.#fail(source, { problem: again, noText: false, format: null });
    await this.db
      .updateTable('source')
      .set({ attempts: attempts + 1 })
      .where('id', '=', id)
      .execute();
    const parts: Uint8Array[] = [];
    for await (const part of readUpload(this.db, source.upload)) parts.push(part);
    if (this.#stopped) return this.#untried(source);
    let answer: DocumentAnswer;
    try {
      answer = await this.client.read(new Uint8Array(Buffer.concat(parts)), fileName);
    } catch (error) {
      if (this.#stopped) return this.#untried(source);
      this.logger.error({ err: error, sourceId: id }, 'a document was not read');
      answer = { problem: again, noText: false, format: null };
    }
    if (!('document' in answer)) return this.#fail(source, answer);
    await this.#keep(source, answer.document);
  }

  /** That the server stops is no fault of the document. */
  async #untried({ id, upload, attempts }: Waiting): Promise<void> {
    await this.db
      .updateTable('source')
      .set({ attempts })
      .where('id', '=', id)
      .where('upload', '=', upload)
      .execute();
  }

  async #fail(source: Waiting, answer: Exclude<DocumentAnswer, { document: unknown }>): Promise<void> {
    const { problem, noText, format } = answer;
    await this.#settle(source, { state: noText ? 'no-text' : 'failed', problem, format });
  }

  /** Keeps the text in batches; it counts once the source is said to be read. */
  async #keep(source: Waiting, document: ReadDocument): Promise<void> {
    const { paragraphs, warnings, format, title, language } = document;
    await this.db.deleteFrom('source_paragraph').where('sourceId', '=', source.id).execute();
    for (let at = 0; at < paragraphs.length; at += BATCH) {
      const rows = paragraphs
        .slice(at, at + BATCH)
        .map((paragraph) => ({ ...paragraph, sourceId: source.id }));
      const kept = await this.db.transaction().execute(async (trx) => {
        if (!(await this.#stillWaits(trx, source))) return false;
        await trx.insertInto('source_paragraph').values(rows).execute();
        await spellOut(trx);
        return true;
      });
      // Another file has come in its place, or nothing.
      if (!kept || this.#stopped) return kept ? this.#untried(source) : undefined;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Passages that came with a file were held against nothing until now.
    const stray = (await listCitations(this.db, source.id)).filter(
      ({ passage }) => passage !== null && passageText(paragraphs, passage) !== passage.quote,
    );
    const references = stray.map(({ reference }) => reference).join(', ');
    if (stray.length > 0)
      warnings.push(`It does not say what was quoted from it, or not at the same place: ${references}.`);
    await this.#settle(source, {
      state: 'read',
      problem: null,
      format,
      warnings: JSON.stringify(warnings),
      paragraphs: paragraphs.length,
      // What a person has written meanwhile stays.
      title: sql<string>`case when title = '' then ${title} else title end`,
      language: sql<string | null>`coalesce(language, ${language})`,
    });
  }

  async #stillWaits(db: Database, { id, upload }: Waiting): Promise<boolean> {
    const row = await db
      .selectFrom('source')
      .select('id')
      .where('id', '=', id)
      .where('upload', '=', upload)
      .where('state', '=', 'reading')
      .executeTakeFirst();
    return row !== undefined;
  }

  async #settle({ id, upload, processId }: Waiting, result: UpdateObject<Tables, 'source'>): Promise<void> {
    await this.db
      .updateTable('source')
      .set(result)
      .where('id', '=', id)
      .where('upload', '=', upload)
      .where('state', '=', 'reading')
      .execute();
    await this.onRead(processId);
  }
}
