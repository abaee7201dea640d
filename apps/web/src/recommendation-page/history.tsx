import { useQuery } from '@tanstack/react-query';
import type { RecommendationEvent, RecommendationPage, Taxonomies } from '@zerodraft/contract';
import { useState } from 'react';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { ChangeFields } from './change-fields.tsx';
import { historyQuery } from './recommendation-api.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** Events that are drawn from the start; the rest on demand. */
const SHOWN = 20;

interface Props {
  processId: string;
  page: RecommendationPage;
  terms: Taxonomies['taxonomies'];
  /** Whether the person may undo. */
  edits: boolean;
}

/** What the history of a page depends on: its own state, and what is part of it. */
export const seenOf = ({ version, merged }: Pick<RecommendationPage, 'version' | 'merged'>): string =>
  [version, ...merged.map(({ id }) => id)].join(' ');

/** What a recommendation and what was merged into it are called. */
function namesIn({ id, reference, merged, mergedInto }: RecommendationPage): (id: string) => string {
  const names = new Map(
    [...merged, ...(mergedInto ? [mergedInto] : [])].map((one) => [one.id, one.reference]),
  );
  names.set(id, reference);
  return (other) => names.get(other) ?? 'another recommendation';
}

/** What was done, after the name of who did it. */
function deedIn(event: RecommendationEvent, pageId: string, nameOf: (id: string) => string): string {
  const { kind, recommendationId, before, after } = event;
  const what = recommendationId === pageId ? 'it' : nameOf(recommendationId);
  switch (kind) {
    case 'create':
      return `made ${what}`;
    case 'import':
      return Object.keys(before).length === 0 ? `imported ${what}` : `changed ${what} by an import`;
    case 'edit':
      return `changed ${what}`;
    case 'delete':
      return `deleted ${what}`;
    case 'merge':
      return `merged ${what} into ${after.mergedInto ? nameOf(after.mergedInto) : 'another recommendation'}`;
    case 'unmerge':
      return `parted ${what} from ${before.mergedInto ? nameOf(before.mergedInto) : 'another recommendation'}`;
    case 'undo':
      if (after.mergedInto) return `merged ${what} into ${nameOf(after.mergedInto)} again, by an undo`;
      if (before.mergedInto) return `parted ${what} from ${nameOf(before.mergedInto)}, by an undo`;
      if ('deleted' in after) return after.deleted ? `deleted ${what} again` : `brought ${what} back`;
      return `undid a change of ${what}`;
  }
}

/** Who changed what and when, newest first; what nobody has changed since can be undone. */
export function History({ processId, page, terms, edits }: Props) {
  const { data: events, error, isPending } = useQuery(historyQuery(processId, page.id, seenOf(page)));
  const [undoing, setUndoing] = useState<RecommendationEvent | null>(null);
  const [all, setAll] = useState(false);
  const nameOf = namesIn(page);
  // Only the newest change of each can be undone: what is older has been built upon.
  const newest = new Map<string, number>();
  for (const { id, recommendationId } of events ?? [])
    if (!newest.has(recommendationId)) newest.set(recommendationId, id);
  const undoable = (event: RecommendationEvent): boolean =>
    edits &&
    newest.get(event.recommendationId) === event.id &&
    event.kind !== 'create' &&
    Object.keys(event.before).length > 0;
  const shown = all ? events : events?.slice(0, SHOWN);
  return (
    <section className="recommendation-history" aria-labelledby="history-title">
      <h3 id="history-title" className="section-title" tabIndex={-1}>
        History
      </h3>
      <Problem>{error?.message}</Problem>
      {isPending && <p className="muted">Loading…</p>}
      <ol>
        {shown?.map((event) => (
          <li key={event.id} data-testid="history-event">
            <div className="event-head">
              <p>
                <strong>{event.by?.name ?? 'Zerodraft'}</strong> {deedIn(event, page.id, nameOf)}
                <span className="muted">
                  {', '}
                  <When at={event.at} />
                  {event.rows > 1 && `, with ${event.rows - 1} other${event.rows === 2 ? '' : 's'}`}
                </span>
              </p>
              {undoable(event) && (
                <button
                  type="button"
                  className="button"
                  aria-label={`Undo: ${event.by?.name ?? 'Zerodraft'} ${deedIn(event, page.id, nameOf)}`}
                  onClick={() => setUndoing(event)}
                >
                  Undo
                </button>
              )}
            </div>
            {event.kind === 'create' || Object.keys(event.before).length === 0 ? (
              Object.keys(event.after).length > 0 && (
                <details className="more">
                  <summary>What it said then</summary>
                  <ChangeFields before={{}} after={event.after} terms={terms} />
                </details>
              )
            ) : (
              <ChangeFields before={event.before} after={event.after} terms={terms} />
            )}
          </li>
        ))}
      </ol>
      {events && !all && events.length > SHOWN && (
        <p className="more-button">
          <button type="button" className="button" onClick={() => setAll(true)}>
            Show all {events.length} changes
          </button>
        </p>
      )}
      {undoing && (
        <UndoDialog
          processId={processId}
          batch={undoing.batch}
          rows={undoing.rows}
          onClose={() => setUndoing(null)}
        />
      )}
    </section>
  );
}
