import type { SentInvitation } from '@zerodraft/contract';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { Modal } from '../ui/dialog.tsx';
import { InviteList } from './invite-list.tsx';
import { InviteOne } from './invite-one.tsx';
import { refreshMembers } from './members-api.ts';
import { SentList } from './sent-list.tsx';

/** Invites people, one by one or by a list; then says what became of it. */
export function InviteDialog({ processId, onClose }: { processId: string; onClose: () => void }) {
  const [sent, setSent] = useState<readonly SentInvitation[] | null>(null);
  const onSent = (invitations: readonly SentInvitation[]): void => {
    setSent(invitations);
    void refreshMembers(processId);
  };
  if (sent)
    return (
      <Modal title="Invited" wide onClose={onClose}>
        <SentList sent={sent} />
        <div className="dialog-foot">
          <button type="button" className="button" onClick={() => setSent(null)}>
            Invite more
          </button>
          <button type="button" className="button button-primary" onClick={onClose}>
            Done
          </button>
        </div>
      </Modal>
    );
  return (
    <Modal title="Invite people" wide onClose={onClose}>
      <Tabs.Root defaultValue="one" className="tabs">
        <Tabs.List aria-label="How to invite">
          <Tabs.Trigger value="one">One person</Tabs.Trigger>
          <Tabs.Trigger value="list">A list</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="one">
          <InviteOne processId={processId} onSent={onSent} onClose={onClose} />
        </Tabs.Content>
        <Tabs.Content value="list">
          <InviteList processId={processId} onSent={onSent} onClose={onClose} />
        </Tabs.Content>
      </Tabs.Root>
    </Modal>
  );
}
