import { Link } from '@tanstack/react-router';
import type { Source } from '@zerodraft/contract';
import { useState } from 'react';
import { useProcess } from '../../start/process-layout.tsx';
import { DetailsDialog } from '../details-dialog.tsx';
import { counted, describe, formatSize, NO_DETAILS, type SourceDetails } from '../source-details.ts';
import { refusalOf, type Upload, type UploadQueue } from './upload-queue.ts';

/** What became of a file that was sent, as far as its reading is. */
function outcome(source: Source | undefined): { words: string; bad: boolean } {
  if (!source || source.state === 'reading') return { words: 'Uploaded; it is being read…', bad: false };
  if (source.problem) return { words: source.problem, bad: true };
  return { words: `Uploaded and read: ${counted(source.paragraphs, 'paragraph')}.`, bad: false };
}

function Status({ upload, source }: { upload: Upload; source: Source | undefined }) {
  const { state, part, problem, file, same } = upload;
  const { process } = useProcess();
  if (state === 'sending') {
    const percent = Math.round(part * 100);
    return (
      <div className="upload-progress">
        <progress value={part} max={1} aria-label={`Upload of ${file.name}`} />
        <span>{part === 1 ? 'Being kept…' : `${percent} %`}</span>
      </div>
    );
  }
  if (state === 'ready') return null;
  if (state === 'waiting') return <p className="muted">Waits for its turn.</p>;
  if (state === 'cancelled') return <p className="muted">Cancelled; nothing of it was kept.</p>;
  if (state === 'failed') return <p className="field-error">{problem}</p>;
  const { words, bad } = outcome(source);
  return (
    <>
      <p className={bad ? 'field-error' : 'upload-good'}>{words}</p>
      {same.map(({ id, title }) => (
        <p key={id} className="upload-same">
          The very same file is here already:{' '}
          <Link to="/processes/$processId/sources/$sourceId" params={{ processId: process.id, sourceId: id }}>
            {title || 'a source without a title'}
          </Link>
        </p>
      ))}
    </>
  );
}

interface RowProps {
  upload: Upload;
  source: Source | undefined;
  queue: UploadQueue;
  onDescribe: () => void;
}

function UploadRow({ upload, source, queue, onDescribe }: RowProps) {
  const { id, file, state, details, replaces } = upload;
  const button = (label: string, action: () => void) => (
    <button type="button" className="button" onClick={action}>
      {label}
      <span className="visually-hidden">: {file.name}</span>
    </button>
  );
  const unsent = state === 'ready' || state === 'failed' || state === 'cancelled';
  const hopeless = refusalOf(file) !== null;
  return (
    <li className="upload" data-state={state} data-file={file.name}>
      <div className="upload-what">
        <p>
          <bdi className="upload-name">{file.name}</bdi>{' '}
          <span className="muted">{formatSize(file.size)}</span>
        </p>
        {replaces ? (
          <p className="muted">In place of the document of “{replaces.title}”</p>
        ) : (
          state !== 'sent' && (
            <p className="muted">{[details.title, describe(details)].filter(Boolean).join(' · ')}</p>
          )
        )}
        <Status upload={upload} source={source} />
      </div>
      <div className="row">
        {unsent && !replaces && !hopeless && button('Details', onDescribe)}
        {(state === 'waiting' || state === 'sending') && button('Cancel', () => queue.cancel(id))}
        {(state === 'failed' || state === 'cancelled') &&
          !hopeless &&
          button('Try again', () => queue.retry(id))}
        {unsent && button('Remove', () => queue.remove(id))}
      </div>
    </li>
  );
}

/** How it stands, in one sentence. */
function summary(uploads: readonly Upload[], sources: readonly Source[]): string {
  const sent = uploads.flatMap(({ id, state }) =>
    state === 'sent' ? [sources.find((source) => source.id === id)] : [],
  );
  const reading = sent.filter((source) => !source || source.state === 'reading').length;
  const unreadable = sent.filter((source) => source?.problem).length;
  const count = (...states: Upload['state'][]): number =>
    uploads.filter(({ state }) => states.includes(state)).length;
  const parts = [
    count('ready') && `${counted(count('ready'), 'file')} ready to be uploaded`,
    count('waiting', 'sending') && `${counted(count('waiting', 'sending'), 'file')} on the way`,
    count('sent') && `${count('sent')} uploaded`,
    reading && `${reading} being read`,
    unreadable && `${unreadable} without a text to read`,
    count('failed') && `${count('failed')} failed`,
    count('cancelled') && `${count('cancelled')} cancelled`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Files on their way into the process, each with its progress. */
export function UploadList({
  queue,
  uploads,
  sources,
}: {
  queue: UploadQueue;
  uploads: readonly Upload[];
  sources: readonly Source[];
}) {
  const [describing, setDescribing] = useState<readonly string[]>([]);
  const ready = uploads.filter(({ state }) => state === 'ready');
  const going = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  const [first] = describing;
  const one = describing.length === 1 ? uploads.find(({ id }) => id === first) : undefined;
  const close = (): void => setDescribing([]);
  return (
    <section className="uploads" aria-labelledby="uploads-title" hidden={uploads.length === 0}>
      <div className="uploads-head">
        <h3 id="uploads-title">Uploads</h3>
        <p role="status" className="muted">
          {summary(uploads, sources)}
        </p>
        <div className="row">
          {ready.length > 1 && (
            <button type="button" className="button" onClick={() => setDescribing(ready.map(({ id }) => id))}>
              Details for all
            </button>
          )}
          {ready.length > 0 && (
            <button type="button" className="button button-primary" onClick={() => queue.start()}>
              Upload {counted(ready.length, 'file')}
            </button>
          )}
          {!going && uploads.some(({ state }) => state === 'sent') && (
            <button type="button" className="button" onClick={() => queue.clear()}>
              Clear finished
            </button>
          )}
        </div>
      </div>
      {going && (
        <p className="muted">
          You may go on with other pages of Zerodraft; leave this tab open until all is there.
        </p>
      )}
      <ul>
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            source={sources.find(({ id }) => id === upload.id)}
            queue={queue}
            onDescribe={() => setDescribing([upload.id])}
          />
        ))}
      </ul>
      {one && (
        <DetailsDialog
          processId={queue.processId}
          title={`Details of ${one.file.name}`}
          lead="As far as its name tells them. They can be changed later too."
          details={one.details}
          action="Keep"
          send={async (details) => queue.describe([one.id], details)}
          onClose={close}
        />
      )}
      {describing.length > 1 && (
        <DetailsDialog
          processId={queue.processId}
          title={`Details for ${counted(describing.length, 'file')}`}
          lead="What you fill in is taken for all of them; what you leave empty stays as it is for each."
          details={NO_DETAILS}
          action="Take for all"
          many
          send={async (details) => queue.describe(describing, filledIn(details))}
          onClose={close}
        />
      )}
    </section>
  );
}

/** Details other than those of an empty form. */
function filledIn(details: SourceDetails): Partial<SourceDetails> {
  const empty: Record<string, unknown> = NO_DETAILS;
  return Object.fromEntries(Object.entries(details).filter(([field, value]) => value !== empty[field]));
}
