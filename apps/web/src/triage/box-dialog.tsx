import { useMutation, useQuery } from '@tanstack/react-query';
import { type Box, boxSlug } from '@zerodraft/contract';
import { Download } from 'lucide-react';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { CopyField } from '../ui/copy-field.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { boxQuery, changeBox, refreshDeposits } from './triage-api.ts';

function Address({ processId, box }: { processId: string; box: Box }) {
  const form = useForm({
    shape: z.object({ slug: boxSlug }),
    send: ({ slug }) => changeBox(processId, { open: box.open, slug }),
    onDone: () => void refreshDeposits(processId),
  });
  return (
    <details className="more">
      <summary>Change the address</summary>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField
          label="Address"
          name="slug"
          key={box.slug}
          defaultValue={box.slug}
          hint="The old address ends at once, with all codes and posters that show it."
          spellCheck={false}
          error={form.errors.slug}
        />
        <Problem>{form.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button" disabled={form.pending}>
            Change the address
          </button>
        </div>
      </form>
    </details>
  );
}

/** The box's address as a code, and as a picture that stays sharp on a poster. */
function Code({ box }: { box: Box }) {
  const code = useRef<SVGSVGElement>(null);
  const [picture, setPicture] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the code is drawn anew with another address.
  useEffect(() => {
    if (code.current) setPicture(new XMLSerializer().serializeToString(code.current));
  }, [box.link]);
  return (
    <figure className="box-qr">
      <QRCodeSVG ref={code} value={box.link} size={192} marginSize={3} title="QR code of the box's address" />
      <figcaption>
        <p className="muted">To be shown in a hall or printed on a paper.</p>
        <a
          className="button"
          href={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`}
          download={`${box.slug}.svg`}
        >
          <Download size={15} aria-hidden="true" /> Save the code
        </a>
      </figcaption>
    </figure>
  );
}

/** A process's box: its address to hand on, whether it is open, and for facilitators what changes that. */
export function BoxDialog({
  processId,
  manages,
  onClose,
}: {
  processId: string;
  manages: boolean;
  onClose: () => void;
}) {
  const { data: box, error, isPending } = useQuery(boxQuery(processId));
  const turning = useMutation({
    mutationFn: (open: boolean) => changeBox(processId, { open }),
    onSettled: () => refreshDeposits(processId),
  });
  return (
    <Modal
      title="Recommendations box"
      lead="A page where anybody makes proposals without an account, in the six languages of the United Nations. They land in triage."
      onClose={onClose}
    >
      <Problem>{error?.message ?? turning.error?.message}</Problem>
      {isPending && <p className="muted">Fetching the box…</p>}
      {box === null && (
        <p className="muted">
          {manages ? 'This process has no box yet.' : 'This process has no box yet. A facilitator opens it.'}
        </p>
      )}
      {box && (
        <div className="form box-admin">
          <p>
            <span className={box.open ? 'chip chip-good' : 'chip chip-off'}>
              {box.open ? 'Open' : 'Closed'}
            </span>{' '}
            <span className="muted">
              {box.total} {box.total === 1 ? 'deposit' : 'deposits'}, {box.waiting} in triage
            </span>
          </p>
          <CopyField label="Address of the box" value={box.link} />
          <Code box={box} />
        </div>
      )}
      {manages && box !== undefined && (
        <div className="form">
          <div className="form-foot">
            <button
              type="button"
              className={box?.open ? 'button' : 'button button-primary'}
              disabled={turning.isPending}
              onClick={() => turning.mutate(!box?.open)}
            >
              {box?.open ? 'Close the box' : 'Open the box'}
            </button>
          </div>
          {box && <Address processId={processId} box={box} />}
        </div>
      )}
    </Modal>
  );
}
