import { revealClause } from '../editor/use-draft-editor.ts';
import { isHeading } from '../session/clause-order.ts';
import { useDraftView } from '../session/use-draft.tsx';

/** The draft's sections and objectives; a click goes there. */
export function Outline() {
  const { blocks, numbers } = useDraftView();
  return (
    <nav className="outline" aria-label="Outline">
      <ol>
        {blocks
          .filter(({ kind }) => isHeading(kind) && kind !== 'title')
          .map(({ id, kind, text }) => (
            <li key={id} data-kind={kind}>
              <button type="button" onClick={() => revealClause(id)}>
                {kind === 'objective' ? `${numbers.get(id)?.label}. ${text}` : text}
              </button>
            </li>
          ))}
      </ol>
    </nav>
  );
}
