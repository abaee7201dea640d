import { useQuery } from '@tanstack/react-query';
import { readBlocks } from '@zerodraft/schema';
import { choosePhrase, LINK_LIMITS, type Link, type LinkedPassage, onlyPlaceOf } from '@zerodraft/trace';
import { useEffect, useId, useRef, useState } from 'react';
import { recommendationQuery } from '../api.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { changeNamed, type Named } from './link-acts.ts';
import { useSelectedWords } from './use-selected-words.ts';
import { useLinkedEditor } from './use-trace.tsx';

interface PartProps {
  link: Link;
  named: Named;
  /** How the clause is cited. */
  citation: string;
  editable: boolean;
  /** Says what was done. */
  onSay: (words: string) => void;
}

/** A note on a link; kept when one leaves it. */
export function NotePart({ link, named, citation, editable, onSay }: PartProps) {
  const { session } = useWorkspace();
  const id = useId();
  const kept = link.note ?? '';
  // Null while what is kept is shown, also as others change it.
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    if (typed === null) return;
    setTyped(null);
    const note = typed.trim();
    if (note === kept) return;
    changeNamed(session, named, { note: note === '' ? null : note });
    onSay(note === '' ? 'The note is taken away.' : 'The note is kept.');
  };
  // Also when the card goes out of sight, and with it the field.
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => () => latest.current(), []);
  if (!editable)
    return kept === '' ? null : (
      <div className="link-part">
        <h4>Note</h4>
        <p className="link-note" dir="auto">
          {kept}
        </p>
      </div>
    );
  return (
    <div className="link-part">
      <label htmlFor={id}>
        Note<span className="visually-hidden"> on the link to {citation}</span>
      </label>
      <textarea
        id={id}
        rows={2}
        dir="auto"
        maxLength={LINK_LIMITS.note}
        placeholder="Why, agreed where, what was left out"
        value={typed ?? kept}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
          if (event.key === 'Escape' && typed !== null) {
            event.stopPropagation();
            setTyped(null);
          }
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  /** Whether something is selected. */
  ready: boolean;
  label: string;
  onChoose: () => void;
  takeLabel: string;
  /** Null when there is nothing to take away. */
  onTake: (() => void) | null;
  /** What to do so that something is selected. */
  hint: string;
}

/** Takes what is selected as a part of a link, or the part away. */
function Choice({ ready, label, onChoose, takeLabel, onTake, hint }: ChoiceProps) {
  const id = useId();
  return (
    <div className="row">
      <button
        type="button"
        className="button"
        aria-disabled={!ready}
        aria-describedby={ready ? undefined : id}
        // The selection in the text stays to be seen.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => ready && onChoose()}
      >
        {label}
      </button>
      {onTake && (
        <button type="button" className="button" onClick={onTake}>
          {takeLabel}
        </button>
      )}
      {!ready && (
        <span className="muted" id={id}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** The exact words of the clause that a link is on. */
export function PhrasePart({ link, named, citation, editable, onSay }: PartProps) {
  const { session } = useWorkspace();
  const selected = useSelectedWords(useLinkedEditor(), link.clauseId);
  if (!editable && !link.phrase) return null;
  const choose = (): void => {
    const blocks = readBlocks(session.doc);
    const phrase = selected && choosePhrase(session.doc, blocks, selected);
    if (!phrase) {
      onSay(`These words are too many, or stand in ${citation} no more.`);
      return;
    }
    changeNamed(session, named, { phrase });
    onSay(`The link is on “${phrase.quote}”.`);
  };
  const takeAway = (): void => {
    changeNamed(session, named, { phrase: null });
    onSay('The link is on the whole clause.');
  };
  return (
    <div className="link-part">
      <h4>Words of {citation}</h4>
      {link.phrase ? (
        <blockquote dir="auto">
          {link.phrase.quote}
          {link.phraseAt === null && <em className="link-gone"> stands in the draft no more</em>}
        </blockquote>
      ) : (
        <p className="muted">The whole clause.</p>
      )}
      {editable && (
        <Choice
          ready={selected !== null}
          label="Use the selected words"
          onChoose={choose}
          takeLabel="Take the words away"
          onTake={link.phrase ? takeAway : null}
          hint={`Select words of ${citation} in the draft.`}
        />
      )}
    </div>
  );
}

/** Whether the words of a passage stand in a text that may have changed since: where they stood, or once elsewhere. */
function standsIn(text: string, { from, to, quote }: LinkedPassage): boolean {
  return text.slice(from, to) === quote || onlyPlaceOf(text, quote) !== null;
}

/** The exact words of the recommendation that a link is on, chosen in its text, by mouse or by keyboard. */
export function PassagePart({
  link,
  named,
  reference,
  recommendationId,
  editable,
  onSay,
}: PartProps & { reference: string; recommendationId: string }) {
  const { session, process } = useWorkspace();
  const whole = useQuery(recommendationQuery(process.id, recommendationId));
  const text = whole.data?.text ?? '';
  const [selected, setSelected] = useState<{ from: number; to: number } | null>(null);
  const { passage } = link;
  if (!editable && !passage) return null;
  const choose = (): void => {
    if (!selected) return;
    const quote = text.slice(selected.from, selected.to);
    if (quote.length > LINK_LIMITS.quote) {
      onSay(`A passage has at most ${LINK_LIMITS.quote} characters.`);
      return;
    }
    changeNamed(session, named, { passage: { ...selected, quote } });
    onSay(`The link is on “${quote}” of ${reference}.`);
  };
  const takeAway = (): void => {
    changeNamed(session, named, { passage: null });
    onSay('The link is on the whole recommendation.');
  };
  return (
    <div className="link-part">
      <h4>Words of {reference}</h4>
      {passage ? (
        <blockquote dir="auto">
          {passage.quote}
          {whole.data && !standsIn(text, passage) && (
            <em className="link-gone"> stands in {reference} no more</em>
          )}
        </blockquote>
      ) : (
        <p className="muted">The whole recommendation.</p>
      )}
      {editable && (
        <>
          <textarea
            className="link-source"
            aria-label={`Text of ${reference}`}
            // A field that is read-only has no caret, and without one the keyboard cannot select.
            aria-readonly
            inputMode="none"
            spellCheck={false}
            onBeforeInput={(event) => event.preventDefault()}
            onCut={(event) => event.preventDefault()}
            onPaste={(event) => event.preventDefault()}
            onDrop={(event) => event.preventDefault()}
            onChange={() => {}}
            dir="auto"
            rows={Math.min(8, Math.max(2, Math.ceil(text.length / 48)))}
            value={whole.data ? text : whole.isError ? whole.error.message : 'Loading…'}
            onSelect={({ currentTarget: { selectionStart: from, selectionEnd: to } }) =>
              setSelected(whole.data && from < to ? { from, to } : null)
            }
          />
          <Choice
            ready={selected !== null}
            label="Use the selected passage"
            onChoose={choose}
            takeLabel="Take the passage away"
            onTake={passage ? takeAway : null}
            hint="Select words in the text above."
          />
        </>
      )}
    </div>
  );
}
