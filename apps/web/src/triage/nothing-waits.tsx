import { useQuery } from '@tanstack/react-query';
import { boxQuery } from './triage-api.ts';

/** What triage shows while nothing waits: also that nothing can come, as long as the box is closed. */
export function NothingWaits({
  processId,
  manages,
  onBox,
}: {
  processId: string;
  manages: boolean;
  onBox: () => void;
}) {
  const { data: box } = useQuery(boxQuery(processId));
  const closed = box === null || box?.open === false;
  return (
    <div className="first-steps">
      <h3>Nothing waits</h3>
      {!closed && <p>What people put into the recommendations box appears here by itself.</p>}
      {closed && (
        <p>
          The recommendations box is {box === null ? 'not open yet' : 'closed'}, so nobody can put anything
          in.
          {manages ? ' Open it, and hand its address or its code on.' : ' A facilitator opens it.'}
        </p>
      )}
      {closed && manages && (
        <button type="button" className="button button-primary" onClick={onBox}>
          Open the box…
        </button>
      )}
    </div>
  );
}
