import { type Link, RELATION_LABELS, RELATIONS } from '@zerodraft/trace';
import { Unlink } from 'lucide-react';
import { useState } from 'react';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { When } from '../ui/moments.tsx';
import { changeNamed, type Named, namedOf, removeNamed } from './link-acts.ts';
import { NotePart, PassagePart, PhrasePart } from './link-parts.tsx';
import { useAuthorship } from './use-trace.tsx';

export interface LinkProps {
  link: Link;
  /** The recommendation that it counts for, with those merged into it. */
  recommendation: { id: string; reference: string; mergedIds: readonly string[] };
  /** How the clause is cited. */
  citation: string;
}

function Authors({ linkKey }: { linkKey: string }) {
  const { viewer } = useWorkspace();
  const known = useAuthorship(linkKey);
  if (!known) return null;
  const { madeBy, madeAt, changedBy, changedAt } = known;
  const who = (by: typeof madeBy): string =>
    by === null ? 'the server' : by.id === viewer.id ? 'you' : by.name;
  return (
    <p className="muted">
      Linked by {who(madeBy)}
      {madeAt && (
        <>
          , <When at={madeAt} />
        </>
      )}
      {changedAt && changedAt !== madeAt && (
        <>
          ; last changed by {who(changedBy)}, <When at={changedAt} />
        </>
      )}
    </p>
  );
}

/** How a clause relates to a recommendation, chosen. */
function RelationChoice({ link, recommendation, citation, named }: LinkProps & { named: Named }) {
  const { session } = useWorkspace();
  return (
    <select
      aria-label={`Relation of ${recommendation.reference} to ${citation}`}
      value={link.relation}
      onChange={({ target: { value } }) => {
        const relation = RELATIONS.find((known) => known === value);
        if (relation) changeNamed(session, named, { relation });
      }}
    >
      {RELATIONS.map((relation) => (
        <option key={relation} value={relation}>
          {RELATION_LABELS[relation]}
        </option>
      ))}
    </select>
  );
}

/** All of one link: how, why, on which words; who made it and when. Each change is one step of undo. */
export function LinkEditor(props: LinkProps) {
  const { link, recommendation, citation } = props;
  const { session } = useWorkspace();
  const editable = useMay('draft.edit');
  const [said, setSaid] = useState('');
  const { id, reference } = recommendation;
  const named = namedOf(link.clauseId, recommendation);
  const part = { link, named, citation, editable, onSay: setSaid };
  return (
    <fieldset className="link-editor">
      <legend className="visually-hidden">{`Link of ${reference} to ${citation}`}</legend>
      {editable && (
        <div className="link-part">
          <h4>Relation</h4>
          <div className="row">
            <RelationChoice {...props} named={named} />
            <button type="button" className="button" onClick={() => removeNamed(session, [named])}>
              <Unlink size={14} aria-hidden="true" /> Unlink from {citation}
            </button>
          </div>
        </div>
      )}
      <NotePart {...part} />
      <PhrasePart {...part} />
      <PassagePart {...part} reference={reference} recommendationId={id} />
      <Authors linkKey={link.key} />
      <p role="status" className="link-said muted">
        {said}
      </p>
    </fieldset>
  );
}
