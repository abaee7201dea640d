import { TriangleAlert } from 'lucide-react';
import { useSuspects } from './use-trace.tsx';

/** How many links are suspect, at the head of the library; nothing when none is. */
export function SuspectCount({ onOpen }: { onOpen: () => void }) {
  const { all } = useSuspects();
  if (all.length === 0) return null;
  return (
    <button type="button" className="suspect-count" onClick={onOpen}>
      <TriangleAlert size={14} aria-hidden="true" /> {all.length} suspect{' '}
      {all.length === 1 ? 'link' : 'links'}
    </button>
  );
}
