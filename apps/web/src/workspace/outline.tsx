import { revealClause } from '../editor/use-draft-editor.ts';
import { useClauseOrder, useHeadings } from '../session/use-draft.tsx';

/** The draft's sections and objectives; a click goes there. */
export function Outline() {
  const { numbers } = useClauseOrder();
  const headings = useHeadings();
  return (
    <nav className="outline" aria-label="Outline">
      <ol>
        {headings
          .filter(({ kind }) => kind !== 'title')
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
