import { useMutation, useQuery } from '@tanstack/react-query';
import { BIN_DAYS, formatMoment, type ProcessView, purgeTime } from '@zerodraft/contract';
import { processesQuery } from '../api.ts';
import { Page } from '../shell/page.tsx';
import { Problem } from '../ui/field.tsx';
import { OWN_ZONE, When } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { nameOf, setState, type Thing } from './lifecycle-menu.tsx';
import { refreshProcesses } from './process-api.ts';

const DAY = 24 * 60 * 60 * 1_000;

/** What lies in the bin; a deleted process has its drafts with it. */
export function binned(processes: readonly ProcessView[]): { thing: Thing; place: string }[] {
  return processes
    .flatMap(({ process, drafts }): { thing: Thing; place: string }[] =>
      process.state === 'deleted'
        ? [{ thing: { kind: 'process', object: process }, place: 'Process, with its drafts' }]
        : drafts
            .filter(({ draft }) => draft.state === 'deleted')
            .map(({ draft }) => ({
              thing: { kind: 'draft', object: draft },
              place: `Draft of ${process.name}`,
            })),
    )
    .sort((a, b) => (a.thing.object.stateSince < b.thing.object.stateSince ? 1 : -1));
}

function inDays(until: string): string {
  const days = Math.ceil((Date.parse(until) - Date.now()) / DAY);
  return days <= 1 ? 'within a day' : `in ${days} days`;
}

function BinRow({ thing, place }: { thing: Thing; place: string }) {
  const name = nameOf(thing);
  const until = purgeTime(thing.object.stateSince);
  const restore = useMutation({
    mutationFn: () => setState(thing, 'active'),
    onSuccess: async () => {
      notify(`“${name}” is back.`);
      await refreshProcesses();
    },
  });
  return (
    <li className="item">
      <div>
        <strong className="draft-link">{name}</strong>
        <p className="muted">
          {place}. Deleted <When at={thing.object.stateSince} />.
        </p>
        <p>
          Gone for good {inDays(until)}: <time dateTime={until}>{formatMoment(until, OWN_ZONE)}</time>
        </p>
        <Problem>{restore.error?.message}</Problem>
      </div>
      <button
        type="button"
        className="button"
        aria-label={`Restore ${name}`}
        disabled={restore.isPending}
        onClick={() => restore.mutate()}
      >
        Restore
      </button>
    </li>
  );
}

/** What was deleted and can still be brought back. */
export function BinPage() {
  const processes = useQuery(processesQuery);
  const things = binned(processes.data ?? []);
  return (
    <Page title="Bin">
      <h1>Bin</h1>
      <p className="page-lead">What was deleted stays here for {BIN_DAYS} days; then it is gone for good.</p>
      <Problem>{processes.error?.message}</Problem>
      {processes.data && things.length === 0 && <p className="empty">The bin is empty.</p>}
      <ul className="items" aria-label="Deleted">
        {things.map(({ thing, place }) => (
          <BinRow key={thing.object.id} thing={thing} place={place} />
        ))}
      </ul>
    </Page>
  );
}
