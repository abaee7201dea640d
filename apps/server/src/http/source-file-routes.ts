import { uploadQuery } from '@zerodraft/contract';
import { type DocumentFormat, MAX_DOCUMENT_BYTES } from '@zerodraft/formats';
import { type Context, Hono } from 'hono';
import { record } from '../audit/record.ts';
import {
  forgetUpload,
  keepUpload,
  readUpload,
  sameFiles,
  takeUpload,
  type Upload,
  UploadError,
} from '../sources/files.ts';
import { findSource } from '../sources/repository.ts';
import { attachment } from './attachment.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';
import { notifyProcess } from './notify.ts';
import { limit } from './rate-limits.ts';
import { missingSource } from './source-routes.ts';
import { query } from './valid.ts';

const MEDIA_TYPES: Record<DocumentFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html',
  markdown: 'text/markdown',
  text: 'text/plain',
};

/** The documents of sources: one request uploads one file, so that a bad one costs the others nothing. */
export function sourceFileRoutes(services: Services) {
  const { db, limits, reading } = services;
  const rate = limit(limits, 'uploads', (c) => c.get('userId'));

  const tooLarge = (c: Context) =>
    refuse(
      c,
      413,
      'too-large',
      `The file is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB. Save it with smaller pictures, or in parts.`,
    );

  /** Gives a source its file, if that does not take the ground from under recommendations. */
  async function settle(c: Context<RouteEnv>, sourceId: string, upload: Upload, name: string) {
    const processId = c.get('processId');
    return db.transaction().execute(async (trx) => {
      const source = await findSource(trx, processId, sourceId);
      if (source === null) return 'missing';
      if (source.fileHash === upload.hash && source.state !== 'failed') return 'known';
      if (source.recommendations > 0 && source.fileHash !== upload.hash) return 'cited';
      await takeUpload(trx, sourceId, upload, name);
      const details = { title: source.title, file: name, size: upload.size, sha256: upload.hash };
      const deed = { objectKind: 'source', objectId: sourceId, processId, details } as const;
      await record(trx, c.get('author'), { action: 'source.upload', ...deed });
      return 'taken';
    });
  }

  return new Hono<RouteEnv>()
    .put(
      '/:processId/sources/:sourceId/file',
      permit(services, 'source.manage'),
      rate,
      query(uploadQuery),
      async (c) => {
        const processId = c.get('processId');
        const { sourceId } = c.req.param();
        if (c.req.header('content-type') !== 'application/octet-stream')
          return refuse(c, 415, 'not-a-file', 'Send the file itself as application/octet-stream.');
        if (Number(c.req.header('content-length') ?? 0) > MAX_DOCUMENT_BYTES) return tooLarge(c);
        if ((await findSource(db, processId, sourceId)) === null) return missingSource(c);
        let upload: Upload;
        try {
          upload = await keepUpload(db, sourceId, c.req.raw.body);
        } catch (error) {
          if (!(error instanceof UploadError)) throw error;
          if (error.code === 'too-large') return tooLarge(c);
          if (error.code === 'gone') return missingSource(c);
          return error.code === 'empty'
            ? refuse(c, 422, 'empty', 'The file is empty. Save it again and upload it.')
            : refuse(c, 400, 'broken-off', 'The upload broke off. Nothing was kept; send it again.');
        }
        const outcome = await settle(c, sourceId, upload, c.req.valid('query').name);
        if (outcome !== 'taken') await forgetUpload(db, upload.id);
        if (outcome === 'cited')
          return refuse(
            c,
            409,
            'cited',
            'Recommendations point into the document that is here. Make a new source for another one.',
          );
        if (outcome === 'taken') {
          reading.wake();
          await notifyProcess(services, processId, 'sources');
        }
        const source = await findSource(db, processId, sourceId);
        if (source === null) return missingSource(c);
        return c.json({ source, same: await sameFiles(db, processId, sourceId, upload.hash) }, 200);
      },
    )
    .get('/:processId/sources/:sourceId/file', permit(services, 'source.read'), async (c) => {
      const file = await db
        .selectFrom('source')
        .select(['upload', 'fileName', 'fileSize', 'format'])
        .where('processId', '=', c.get('processId'))
        .where('id', '=', c.req.param('sourceId'))
        .executeTakeFirst();
      if (!file) return missingSource(c);
      if (file.upload === null) return refuse(c, 404, 'no-file', 'This source has no document yet.');
      const parts = readUpload(db, file.upload);
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        async pull(controller) {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(new Uint8Array(value));
        },
      });
      c.header('content-type', file.format ? MEDIA_TYPES[file.format] : 'application/octet-stream');
      c.header('content-length', String(file.fileSize));
      c.header('content-disposition', attachment(file.fileName ?? 'document'));
      c.header('cache-control', 'private, no-cache');
      return c.body(body, 200);
    });
}
