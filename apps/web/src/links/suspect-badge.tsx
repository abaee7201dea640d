import { TriangleAlert } from 'lucide-react';

/** Marks a link that is in doubt, in a shape and a word. */
export function SuspectBadge() {
  return (
    <span className="suspect-badge">
      <TriangleAlert size={12} aria-hidden="true" /> suspect
    </span>
  );
}
