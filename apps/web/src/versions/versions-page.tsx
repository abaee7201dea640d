import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { formatMoment, type Version } from '@zerodraft/contract';
import { BookMarked } from 'lucide-react';
import { useState } from 'react';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { OWN_ZONE, When } from '../ui/moments.tsx';
import { DeleteDialog, KeepDialog, RenameDialog, RestoreDialog } from './version-dialogs.tsx';
import { VersionText } from './version-text.tsx';
import { versionStateQuery, versionsQuery } from './versions-api.ts';

/** Who kept it and for what, in words that follow when. */
function about({ createdBy, kind, round }: Version): string {
  if (kind === 'before-restore') return `by itself, as ${createdBy?.name ?? 'somebody'} restored another`;
  if (kind !== 'made') return 'by itself, with the round';
  return `by ${createdBy?.name ?? 'somebody'}${round ? `, for ${round.name}` : ''}`;
}

function VersionRow({ version, chosen }: { version: Version; chosen: boolean }) {
  const { draft } = useWorkspace();
  return (
    <li className="version-row">
      <Link
        to="/drafts/$draftId/versions"
        params={{ draftId: draft.id }}
        search={{ version: version.id }}
        aria-current={chosen ? 'true' : undefined}
      >
        <strong>{version.name}</strong>
        <span className="cell-note">
          <When at={version.createdAt} />, {about(version)}
        </span>
      </Link>
    </li>
  );
}

type Dialog = 'rename' | 'delete' | 'restore';

function Reading({ version }: { version: Version }) {
  const { draft } = useWorkspace();
  const navigate = useNavigate();
  const manages = useMay('version.manage');
  const restores = useMay('version.restore');
  const { data: state, error } = useQuery(versionStateQuery(draft.id, version.id));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => setDialog(null);
  return (
    <section className="version-reading" aria-labelledby="version-name">
      <header className="version-head">
        <div>
          <h2 id="version-name">{version.name}</h2>
          <p className="muted">
            Kept on {formatMoment(version.createdAt, OWN_ZONE)} {about(version)}.
          </p>
          {version.note && <p className="version-note">{version.note}</p>}
        </div>
        <div className="row">
          <Link
            to="/drafts/$draftId/coverage"
            params={{ draftId: draft.id }}
            search={{ view: 'compare', from: version.id }}
            className="button"
          >
            Compare with now
          </Link>
          {restores && (
            <button type="button" className="button button-primary" onClick={() => setDialog('restore')}>
              Restore
            </button>
          )}
          {manages && (
            <ItemMenu
              label={`More on ${version.name}`}
              items={[
                { label: 'Change name or note', onSelect: () => setDialog('rename') },
                { label: 'Delete', danger: true, onSelect: () => setDialog('delete') },
              ]}
            />
          )}
        </div>
      </header>
      <Problem>{error?.message}</Problem>
      {state ? <VersionText state={state} /> : !error && <p className="splash">Reading the version…</p>}
      {dialog === 'restore' && <RestoreDialog version={version} onClose={close} />}
      {dialog === 'rename' && <RenameDialog version={version} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteDialog
          version={version}
          onClose={close}
          onDone={() => void navigate({ to: '/drafts/$draftId/versions', params: { draftId: draft.id } })}
        />
      )}
    </section>
  );
}

/** States of the draft that are kept: to read, to compare, to come back to. */
export function VersionsPage() {
  const { draft } = useWorkspace();
  const navigate = useNavigate();
  const { version: chosenId } = useSearch({ from: '/session/signed-in/drafts/$draftId/versions' });
  const versions = useQuery(versionsQuery(draft.id));
  const mayKeep = useMay('version.create');
  const [keeping, setKeeping] = useState(false);
  const chosen = versions.data?.find(({ id }) => id === chosenId);
  return (
    <main className="versions" data-reading={chosen ? true : undefined}>
      <section className="version-list" aria-labelledby="versions-title">
        <div className="page-head">
          <h1 id="versions-title">Versions</h1>
          {mayKeep && (
            <button type="button" className="button button-primary" onClick={() => setKeeping(true)}>
              <BookMarked size={15} aria-hidden="true" /> Keep a version
            </button>
          )}
        </div>
        <p className="page-lead">
          The draft as it stood at a moment. When a round opens or closes, one is kept by itself.
        </p>
        <Problem>{versions.error?.message}</Problem>
        {versions.data?.length === 0 && <p className="empty">No version has been kept yet.</p>}
        <ul>
          {(versions.data ?? []).map((version) => (
            <VersionRow key={version.id} version={version} chosen={version.id === chosenId} />
          ))}
        </ul>
      </section>
      {chosen ? (
        <Reading key={chosen.id} version={chosen} />
      ) : (
        versions.data &&
        versions.data.length > 0 && (
          <p className="version-none muted">
            {chosenId === undefined ? 'Choose a version to read it.' : 'There is no such version any more.'}
          </p>
        )
      )}
      {keeping && (
        <KeepDialog
          onClose={() => setKeeping(false)}
          onKept={(id) =>
            void navigate({
              to: '/drafts/$draftId/versions',
              params: { draftId: draft.id },
              search: { version: id },
            })
          }
        />
      )}
    </main>
  );
}
