import { createHash, randomUUID } from 'node:crypto';
import { MAX_DOCUMENT_BYTES } from '@zerodraft/formats';
import type { Database } from '../db/database.ts';

/** Bytes of a part: what one commit writes at most. */
const PART = 1024 * 1024;

/** An upload all of whose parts are kept. */
export interface Upload {
  id: string;
  size: number;
  /** SHA-256 in hexadecimal. */
  hash: string;
}

/** A file that was not taken. */
export class UploadError extends Error {
  constructor(readonly code: 'too-large' | 'empty' | 'broken-off' | 'gone') {
    super(code);
  }
}

/** Gives what comes in pieces of any size in pieces of one size. */
async function* inParts(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const take = (): Uint8Array => {
    const part = new Uint8Array(Buffer.concat(waiting));
    waiting = [];
    size = 0;
    return part;
  };
  const reader = stream.getReader();
  for (;;) {
    const { value: chunk } = await reader.read().catch(() => {
      throw new UploadError('broken-off');
    });
    if (chunk === undefined) break;
    for (let at = 0; at < chunk.byteLength; ) {
      const piece = chunk.subarray(at, at + PART - size);
      waiting.push(piece);
      size += piece.byteLength;
      at += piece.byteLength;
      if (size === PART) yield take();
    }
  }
  if (size > 0) yield take();
}

/**
 * Keeps a file as it comes in. Until a source names the upload it counts for nothing; one that breaks off is forgotten.
 * @throws UploadError
 */
export async function keepUpload(
  db: Database,
  sourceId: string,
  stream: ReadableStream<Uint8Array> | null,
): Promise<Upload> {
  const id = randomUUID();
  const hash = createHash('sha256');
  let size = 0;
  let n = 0;
  const parts = stream ? inParts(stream) : [];
  try {
    for await (const bytes of parts) {
      size += bytes.byteLength;
      if (size > MAX_DOCUMENT_BYTES) throw new UploadError('too-large');
      hash.update(bytes);
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('source_part')
        .columns(['upload', 'n', 'sourceId', 'bytes'])
        // A source that was deleted meanwhile takes no more.
        .expression(({ selectFrom, val }) =>
          selectFrom('source')
            .select([val(id).as('upload'), val(n).as('n'), 'source.id', val(bytes).as('bytes')])
            .where('source.id', '=', sourceId),
        )
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) throw new UploadError('gone');
      n += 1;
    }
    if (size === 0) throw new UploadError('empty');
  } catch (error) {
    // On a full disk not even this succeeds; the next start does it.
    await forgetUpload(db, id).catch(() => undefined);
    throw error;
  }
  return { id, size, hash: hash.digest('hex') };
}

export async function forgetUpload(db: Database, upload: string): Promise<void> {
  await db.deleteFrom('source_part').where('upload', '=', upload).execute();
}

/** Forgets parts of uploads that a stop of the server broke off: none is under way when it starts. */
export async function forgetBrokenUploads(db: Database): Promise<void> {
  await db
    .deleteFrom('source_part')
    .where('upload', 'not in', ({ selectFrom }) =>
      selectFrom('source').select('upload').where('upload', 'is not', null).$narrowType<{ upload: string }>(),
    )
    .execute();
}

/** The file as it was uploaded, part by part. */
export async function* readUpload(db: Database, upload: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n += 1) {
    const part = await db
      .selectFrom('source_part')
      .select('bytes')
      .where('upload', '=', upload)
      .where('n', '=', n)
      .executeTakeFirst();
    if (!part) return;
    yield part.bytes;
    // Others come first between the parts.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Puts a whole upload in the place of a source's file, to be read.
 * @returns false when the source is gone
 */
export async function takeUpload(
  db: Database,
  sourceId: string,
  upload: Upload,
  fileName: string,
): Promise<boolean> {
  const before = await db.selectFrom('source').select('upload').where('id', '=', sourceId).executeTakeFirst();
  if (!before) return false;
  await db
    .updateTable('source')
    .set(({ eb }) => ({
      upload: upload.id,
      fileName,
      fileSize: upload.size,
      fileHash: upload.hash,
      updatedAt: new Date().toISOString(),
      version: eb('version', '+', 1),
      ...UNREAD,
    }))
    .where('id', '=', sourceId)
    .execute();
  // Others that are under way are left alone: the last to end is the file.
  if (before.upload !== null) await forgetUpload(db, before.upload);
  await db.deleteFrom('source_paragraph').where('sourceId', '=', sourceId).execute();
  return true;
}

/** What a source is whose document waits to be read. */
export const UNREAD = {
  state: 'reading',
  problem: null,
  warnings: '[]',
  format: null,
  attempts: 0,
  paragraphs: 0,
} as const;

/** Other sources of the process with the very same file. */
export async function sameFiles(
  db: Database,
  processId: string,
  sourceId: string,
  hash: string,
): Promise<{ id: string; title: string }[]> {
  return db
    .selectFrom('source')
    .select(['id', 'title'])
    .where('processId', '=', processId)
    .where('fileHash', '=', hash)
    .where('id', '!=', sourceId)
    .orderBy('createdAt')
    .limit(20)
    .execute();
}
