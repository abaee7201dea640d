import { newRecommendation, type ProcessSummary, type RecommendationView } from '@zerodraft/contract';
import { titleFrom } from '@zerodraft/formats';
import { LIMITS, type Passage, RECOMMENDATION_KIND_LABELS } from '@zerodraft/trace';
import { useState } from 'react';
import { queryClient } from '../../api-client.ts';
import { TermSelect } from '../../taxonomies/term-fields.tsx';
import { DialogFoot, Modal } from '../../ui/dialog.tsx';
import { CheckField, Problem, TextField } from '../../ui/field.tsx';
import { notify } from '../../ui/notices.tsx';
import { useForm } from '../../ui/use-form.ts';
import { recommendPassage, refreshSources } from '../sources-api.ts';
import { placeOf } from './passages.ts';

/** A clause of an open draft that a new recommendation can be linked to. */
export interface LinkTo {
  citation: string;
  link: (recommendationId: string) => void;
}

function Terms({ legend, name, terms }: { legend: string; name: string; terms: readonly string[] }) {
  if (terms.length === 0) return null;
  return (
    <fieldset className="choice terms">
      <legend>{legend}</legend>
      <div className="terms-list">
        {terms.map((term) => (
          <CheckField key={term} label={term} name={name} value={term} />
        ))}
      </div>
    </fieldset>
  );
}

/** Makes a recommendation of a passage: its text is the passage, who it is from is the source's. */
export function RecommendDialog({
  process,
  sourceId,
  passage,
  linkTo,
  onMade,
  onClose,
}: {
  process: ProcessSummary;
  sourceId: string;
  passage: Passage;
  linkTo: LinkTo | null;
  onMade: (made: RecommendationView) => void;
  onClose: () => void;
}) {
  const [id] = useState(() => crypto.randomUUID());
  // The clause that the caret was in when this opened.
  const [clause] = useState(linkTo);
  const [linked, setLinked] = useState(true);
  const form = useForm({
    shape: newRecommendation,
    gather: (data) => ({
      id,
      sourceId,
      passage,
      title: String(data.get('title') ?? '').trim() || undefined,
      kind: data.get('kind'),
      themes: data.getAll('themes'),
      dimensions: data.getAll('dimensions'),
    }),
    send: (values) => recommendPassage(process.id, values),
    onDone: (made) => {
      if (clause && linked) clause.link(made.id);
      notify(
        clause && linked
          ? `${made.reference} was made and linked to ${clause.citation}.`
          : `${made.reference} was made.`,
      );
      void refreshSources(process.id);
      void queryClient.invalidateQueries({ queryKey: ['recommendations', process.id] });
      onMade(made);
    },
  });
  return (
    <Modal title="Make a recommendation" lead={`Of ${placeOf(passage)}.`} onClose={onClose}>
      <form className="form" onSubmit={form.onSubmit} noValidate>
        <blockquote className="passage-quote" dir="auto">
          {passage.quote}
        </blockquote>
        <TextField
          label="Title"
          name="title"
          dir="auto"
          maxLength={LIMITS.title}
          defaultValue={titleFrom(passage.quote.replace(/\s+/g, ' '))}
          error={form.errors.title}
        />
        <TermSelect
          label="Kind"
          name="kind"
          terms={process.kinds}
          defaultValue={process.kinds.find((kind) => kind === RECOMMENDATION_KIND_LABELS.other) ?? ''}
        />
        <Terms legend="Themes" name="themes" terms={process.themes} />
        <Terms legend="Dimensions" name="dimensions" terms={process.dimensions} />
        {clause && (
          <CheckField
            label={`Link it to ${clause.citation}`}
            checked={linked}
            onChange={({ target }) => setLinked(target.checked)}
          />
        )}
        <Problem>
          {form.errors.passage ?? form.errors.themes ?? form.errors.dimensions ?? form.problem}
        </Problem>
        <DialogFoot action="Make the recommendation" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
