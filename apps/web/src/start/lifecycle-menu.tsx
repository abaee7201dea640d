import { type DraftSummary, formatMoment, type ProcessSummary, purgeTime } from '@zerodraft/contract';
import { useState } from 'react';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { refreshProcesses, setDraftState, setProcessState } from './process-api.ts';
import { RenameDialog } from './rename-dialog.tsx';

export type Thing = { kind: 'process'; object: ProcessSummary } | { kind: 'draft'; object: DraftSummary };

export function nameOf({ kind, object }: Thing): string {
  return kind === 'process' ? object.name : object.title;
}

/** Puts a process or draft into another state. */
export function setState({ kind, object }: Thing, state: ProcessSummary['state']) {
  return kind === 'process' ? setProcessState(object.id, state) : setDraftState(object.id, state);
}

const ARCHIVE = {
  process: 'Its drafts can then be read and no longer changed, by anybody. You can restore it at any time.',
  draft: 'It can then be read and no longer changed, by anybody. You can restore it at any time.',
};
const DELETE = {
  process: 'Nobody can open it or its drafts any more.',
  draft: 'Nobody can open it any more.',
};

/** Rename, archive, restore and delete, for those who may manage the thing. */
export function LifecycleMenu({ thing }: { thing: Thing }) {
  const [asking, setAsking] = useState<'rename' | 'archive' | 'delete' | null>(null);
  const close = (): void => setAsking(null);
  const { kind, object } = thing;
  const name = nameOf(thing);
  const archived = object.state === 'archived';
  const restore = async (): Promise<void> => {
    await setState(thing, 'active');
    notify(`“${name}” is in work again.`);
    await refreshProcesses();
  };
  return (
    <>
      <ItemMenu
        label={`Menu of ${name}`}
        items={[
          { label: 'Rename', onSelect: () => setAsking('rename') },
          archived
            ? { label: 'Restore', onSelect: () => void restore() }
            : { label: 'Archive', onSelect: () => setAsking('archive') },
          { label: 'Delete', danger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {asking === 'rename' && <RenameDialog thing={thing} onClose={close} />}
      {asking === 'archive' && (
        <Confirm
          title={`Archive “${name}”?`}
          action="Archive"
          perform={() => setState(thing, 'archived')}
          onDone={() => {
            notify(`“${name}” is archived.`);
            void refreshProcesses();
          }}
          onClose={close}
        >
          <p>{ARCHIVE[kind]}</p>
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={`Delete “${name}”?`}
          action="Move to the bin"
          danger
          perform={() => setState(thing, 'deleted')}
          onDone={() => {
            notify(`“${name}” is in the bin.`);
            void refreshProcesses();
          }}
          onClose={close}
        >
          <p>
            {DELETE[kind]} It stays in the bin until{' '}
            {formatMoment(purgeTime(new Date().toISOString()), OWN_ZONE)}; until then you can restore it,
            after that it is gone for good.
          </p>
        </Confirm>
      )}
    </>
  );
}
