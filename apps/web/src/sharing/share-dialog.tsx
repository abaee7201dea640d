import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DraftSummary, formatMoment, type PublicLink } from '@zerodraft/contract';
import { useState } from 'react';
import { z } from 'zod';
import { CopyField } from '../ui/copy-field.tsx';
import { Modal } from '../ui/dialog.tsx';
import { CheckField, Problem, SelectField, TextField } from '../ui/field.tsx';
import { OWN_ZONE, When } from '../ui/moments.tsx';
import { useForm } from '../ui/use-form.ts';
import { createLink, linksQuery, revokeLink } from './sharing-api.ts';

const DAY = 24 * 60 * 60 * 1_000;
const EXPIRIES = { '7': 'In a week', '30': 'In 30 days', at: 'At a time I choose', never: 'Never' } as const;

const expiry = z
  .object({ after: z.string(), at: z.string(), withSources: z.boolean() })
  .refine(({ after, at }) => after !== 'at' || Date.parse(at) > Date.now(), {
    error: 'Choose a time that is still to come.',
    path: ['at'],
  })
  .transform(({ after, at, withSources }) => {
    if (after === 'never') return { expiresAt: null, withSources };
    const moment = after === 'at' ? Date.parse(at) : Date.now() + Number(after) * DAY;
    return { expiresAt: new Date(moment).toISOString(), withSources };
  });

function NewLink({ draftId, onCreated }: { draftId: string; onCreated: (link: string) => void }) {
  const [after, setAfter] = useState('30');
  const form = useForm({
    shape: expiry,
    gather: (data) => ({
      after: data.get('after'),
      at: data.get('at') ?? '',
      withSources: data.get('withSources') !== null,
    }),
    send: (link) => createLink(draftId, link),
    onDone: ({ link }) => onCreated(link),
  });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <div className="two">
        <SelectField
          label="The new link ends"
          name="after"
          value={after}
          onChange={({ target }) => setAfter(target.value)}
        >
          {Object.entries(EXPIRIES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        {after === 'at' && (
          <TextField
            label={`Time (${OWN_ZONE.replaceAll('_', ' ')})`}
            name="at"
            type="datetime-local"
            error={form.errors.at}
          />
        )}
      </div>
      <CheckField
        label="With sources"
        hint="Readers also see which recommendations each clause comes from: their text, who proposed them, how they relate, what became of them. No notes, no reasons, and no names of depositors."
        name="withSources"
      />
      <Problem>{form.problem}</Problem>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={form.pending}>
          Make a link
        </button>
      </div>
    </form>
  );
}

function stateOf({ expiresAt, revokedAt }: PublicLink): { text: string; ended: boolean } {
  if (revokedAt !== null) return { text: `revoked ${formatMoment(revokedAt, OWN_ZONE)}`, ended: true };
  if (expiresAt === null) return { text: 'does not expire', ended: false };
  const ended = Date.parse(expiresAt) <= Date.now();
  return { text: `${ended ? 'expired' : 'open until'} ${formatMoment(expiresAt, OWN_ZONE)}`, ended };
}

function LinkRow({ draftId, link }: { draftId: string; link: PublicLink }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeLink(draftId, link.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['public-links', draftId] }),
  });
  const { text, ended } = stateOf(link);
  return (
    <li className={ended ? 'item item-ended' : 'item'}>
      <div>
        <strong>
          Link of <When at={link.createdAt} />
        </strong>
        <p className="muted">
          by {link.createdBy}, {text}
          {link.withSources && ', with sources'}
        </p>
        <Problem>{revoke.error?.message}</Problem>
      </div>
      {!ended && (
        <button
          type="button"
          className="button"
          aria-label={`Revoke the link of ${formatMoment(link.createdAt, OWN_ZONE)}`}
          disabled={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </button>
      )}
    </li>
  );
}

/** Makes, lists and revokes the public read-only links of a draft. */
export function ShareDialog({ draft, onClose }: { draft: DraftSummary; onClose: () => void }) {
  const queries = useQueryClient();
  const links = useQuery(linksQuery(draft.id));
  const [made, setMade] = useState('');
  return (
    <Modal
      title="Public link"
      lead="Whoever holds a link reads the text as it is now, without an account: no comments and no names, and no recommendations unless you add them."
      onClose={onClose}
    >
      {made ? (
        <div className="form made-link" role="status">
          <p>
            Here is the link. Copy it now: <strong>it is not shown again.</strong>
          </p>
          <CopyField label="Public link" value={made} />
          <div className="form-foot">
            <button type="button" className="button" onClick={() => setMade('')}>
              Make another
            </button>
          </div>
        </div>
      ) : (
        <NewLink
          draftId={draft.id}
          onCreated={(link) => {
            setMade(link);
            void queries.invalidateQueries({ queryKey: ['public-links', draft.id] });
          }}
        />
      )}
      <section aria-labelledby="links-title" className="links">
        <h3 id="links-title">Links of this draft</h3>
        <Problem>{links.error?.message}</Problem>
        {links.data?.length === 0 && <p className="empty">None yet.</p>}
        <ul className="items">
          {links.data?.map((link) => (
            <LinkRow key={link.id} draftId={draft.id} link={link} />
          ))}
        </ul>
      </section>
    </Modal>
  );
}
