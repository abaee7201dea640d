import { useMutation } from '@tanstack/react-query';
import type { LibraryView } from '@zerodraft/contract';
import { Bookmark, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Confirm, Modal } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { changeView, deleteView, refreshViews } from './library-api.ts';
import { addressOf, isNarrowed, sameQuery } from './library-search.ts';
import type { Place } from './use-address.ts';
import { isConflict, latestView, RenameView, SaveView } from './view-dialogs.tsx';

interface Props {
  processId: string;
  views: readonly LibraryView[];
  place: Place;
  manages: boolean;
}

/** The views that the team keeps: to choose, to save, to change. */
export function ViewsMenu({ processId, views, place, manages }: Props) {
  const [asking, setAsking] = useState<'save' | 'rename' | 'delete' | null>(null);
  const chosen = views.find(({ id }) => id === place.address.view);
  const close = (): void => setAsking(null);
  if (!manages && views.length === 0) return null;
  return (
    <>
      <Menu
        align="start"
        trigger={
          <DropdownMenu.Trigger className="button views-button">
            <Bookmark size={15} aria-hidden="true" />
            <span className="views-name" dir="auto">
              {chosen ? (
                <>
                  <span className="visually-hidden">View: </span>
                  {chosen.name}
                </>
              ) : (
                'Views'
              )}
            </span>
            <ChevronDown size={14} aria-hidden="true" />
          </DropdownMenu.Trigger>
        }
      >
        {(after) => (
          <>
            <DropdownMenu.RadioGroup
              value={chosen?.id ?? (isNarrowed(place.address) ? 'no view' : '')}
              className="views-list"
            >
              <DropdownMenu.RadioItem value="" onSelect={after(() => place.open({}))}>
                All recommendations
              </DropdownMenu.RadioItem>
              {views.map((view) => (
                <DropdownMenu.RadioItem
                  key={view.id}
                  value={view.id}
                  dir="auto"
                  onSelect={after(() => place.open(addressOf(view)))}
                >
                  {view.name}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            {manages && (
              <>
                <DropdownMenu.Separator className="menu-line" />
                <DropdownMenu.Item onSelect={after(() => setAsking('save'))}>
                  Save as a new view…
                </DropdownMenu.Item>
                {chosen && (
                  <>
                    <DropdownMenu.Item onSelect={after(() => setAsking('rename'))}>
                      Rename this view…
                    </DropdownMenu.Item>
                    <DropdownMenu.Item className="menu-danger" onSelect={after(() => setAsking('delete'))}>
                      Delete this view…
                    </DropdownMenu.Item>
                  </>
                )}
              </>
            )}
          </>
        )}
      </Menu>
      {asking === 'save' && <SaveView processId={processId} place={place} onClose={close} />}
      {asking === 'rename' && chosen && <RenameView processId={processId} view={chosen} onClose={close} />}
      {asking === 'delete' && chosen && (
        <Confirm
          title={`Delete the view “${chosen.name}”?`}
          action="Delete"
          danger
          perform={() => deleteView(processId, chosen.id)}
          onDone={() => {
            notify(`The view “${chosen.name}” is deleted.`);
            place.change({ view: undefined }, true);
            void refreshViews(processId);
          }}
          onClose={close}
        >
          It goes for everybody here. The recommendations stay.
        </Confirm>
      )}
    </>
  );
}

/** Beside a view that one has gone on from: keep the changes in it, or leave them. */
export function ViewChanges({ processId, views, place, manages }: Props) {
  const chosen = views.find(({ id }) => id === place.address.view);
  // What was opened: the list may know of a newer one before anybody has looked at that.
  const [opened, setOpened] = useState<LibraryView | undefined>(chosen);
  if (opened?.id !== chosen?.id) setOpened(chosen);
  const [theirs, setTheirs] = useState<LibraryView | null>(null);
  const saving = useMutation({
    mutationFn: ({ id, version }: LibraryView) => changeView(processId, id, { version, query: place.query }),
    onSuccess: async (saved) => {
      setOpened(saved);
      setTheirs(null);
      await refreshViews(processId);
      notify(`The view “${saved.name}” is saved.`);
    },
    onError: async (error, { id }) => {
      if (isConflict(error)) setTheirs(await latestView(processId, id));
    },
  });
  const reset = (view: LibraryView): void => {
    saving.reset();
    setOpened(view);
    setTheirs(null);
    place.open(addressOf(view));
  };
  if (!chosen || !opened) return null;
  const conflict = isConflict(saving.error);
  return (
    <>
      {!sameQuery(place.query, chosen.query) && (
        <p className="view-changes">
          <span className="muted">Changed since it was saved</span>
          {manages && (
            <button
              type="button"
              className="link-button"
              disabled={saving.isPending}
              onClick={() => saving.mutate(opened)}
            >
              Save in the view
            </button>
          )}
          <button type="button" className="link-button" onClick={() => reset(chosen)}>
            As it was saved
          </button>
        </p>
      )}
      {!conflict && <Problem>{saving.error?.message}</Problem>}
      {conflict && theirs && (
        <Modal
          title={`Somebody else changed “${theirs.name}”`}
          lead="It was saved with another search since you opened it. Yours is not saved yet."
          onClose={() => saving.reset()}
        >
          <div className="dialog-foot">
            <button type="button" className="button" onClick={() => reset(theirs)}>
              Look at theirs
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={saving.isPending}
              onClick={() => saving.mutate(theirs)}
            >
              Save mine instead
            </button>
          </div>
        </Modal>
      )}
    </>
  );
}
