import { explain, ROLE_LABELS, type Role } from '@zerodraft/contract';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';

const NOW_YOU: Record<Role, string> = {
  facilitator: 'You can edit it, and manage people, rounds and links.',
  drafter: 'You can edit it and comment.',
  delegate: 'You can read it, comment and propose while a round is open; you can no longer edit.',
  observer: 'You can read it and its comments.',
};

/** Says in the page what others changed about what one may do here; nothing typed is lost by it. */
export function RightsNotice() {
  const { draft, process, viewer } = useWorkspace();
  const [change, setChange] = useState('');
  const known = useRef({ role: viewer.role, draft: draft.state, process: process.state });
  useEffect(() => {
    const before = known.current;
    known.current = { role: viewer.role, draft: draft.state, process: process.state };
    if (before.role !== viewer.role)
      setChange(
        `Your role in this draft is now ${ROLE_LABELS[viewer.role].toLowerCase()}. ${NOW_YOU[viewer.role]} What you typed is still here.`,
      );
    else if (before.draft !== 'active' && draft.state === 'active')
      setChange('This draft was restored; it is in work again.');
    else if (before.process !== 'active' && process.state === 'active')
      setChange('This process was restored; it is in work again.');
  }, [viewer.role, draft.state, process.state]);
  const archived =
    process.state === 'archived'
      ? explain({ code: 'archived', object: 'process', since: process.stateSince })
      : draft.state === 'archived'
        ? explain({ code: 'archived', object: 'draft', since: draft.stateSince })
        : '';
  return (
    <div role="status" className="rights-notice" data-testid="rights-notice">
      {change && (
        <div className="banner banner-news">
          <p>{change}</p>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => setChange('')}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {archived && <p className="banner">{archived}</p>}
    </div>
  );
}
