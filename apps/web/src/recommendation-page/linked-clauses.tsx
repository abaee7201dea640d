import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LinkedClause, RecommendationPage } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { useProcess } from '../start/process-layout.tsx';
import { Problem } from '../ui/field.tsx';
import { linksQuery } from './recommendation-api.ts';

const BY_NUMBER = new Intl.Collator('en', { numeric: true });

/** The clauses it reached, draft by draft; and the way to each draft's library, where it is linked. */
export function LinkedClauses({ page }: { page: RecommendationPage }) {
  const { process, drafts } = useProcess();
  const { data: links, error, isPending } = useQuery(linksQuery(process.id, page.id));
  const byDraft = groupBy(links ?? [], ({ draftId }) => draftId);
  const open = page.deletedAt === null && page.mergedInto === null;
  const shown = drafts.filter(({ draft }) => draft.state !== 'deleted' && (open || byDraft.has(draft.id)));
  const references = new Map(page.merged.map(({ id, reference }) => [id, reference]));
  return (
    <section aria-labelledby="links-title">
      <h3 id="links-title" className="section-title">
        Linked clauses
        {links && links.length > 0 && <span className="count">{links.length}</span>}
      </h3>
      <Problem>{error?.message}</Problem>
      {isPending && <p className="muted">Loading…</p>}
      {links && shown.length === 0 && <p className="muted">It is linked to no clause.</p>}
      {links &&
        shown.map(({ draft }) => {
          const own = byDraft.get(draft.id) ?? [];
          return (
            <div key={draft.id} className="linked-draft">
              <h4>
                <Link to="/drafts/$draftId" params={{ draftId: draft.id }}>
                  {draft.title}
                </Link>
              </h4>
              {own.length === 0 ? (
                <p className="muted">Not linked yet.</p>
              ) : (
                <ul>
                  {[...own]
                    .sort((one, other) => BY_NUMBER.compare(one.citation, other.citation))
                    .map((link) => (
                      <Clause
                        key={`${link.clauseId} ${link.recommendationId}`}
                        link={link}
                        by={references.get(link.recommendationId)}
                      />
                    ))}
                </ul>
              )}
              {open && (
                <p>
                  <Link
                    to="/drafts/$draftId"
                    params={{ draftId: draft.id }}
                    search={{ find: page.reference }}
                  >
                    Show it in the library beside the text
                    <span className="visually-hidden"> of {draft.title}</span>
                  </Link>
                </p>
              )}
            </div>
          );
        })}
    </section>
  );
}

function Clause({ link, by }: { link: LinkedClause; by: string | undefined }) {
  return (
    <li>
      <Link
        className="clause-chip"
        to="/drafts/$draftId"
        params={{ draftId: link.draftId }}
        search={{ clause: link.clauseId }}
        aria-label={`Open ${link.draftTitle} at ${link.citation}`}
      >
        {link.citation}
      </Link>
      <span>{link.relation}</span>
      {by && <span className="muted">linked as {by}</span>}
    </li>
  );
}
