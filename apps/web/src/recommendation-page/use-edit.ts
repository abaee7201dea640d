import { useMutation } from '@tanstack/react-query';
import { type RecommendationPage, recommendationChange } from '@zerodraft/contract';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { ApiError, queryClient } from '../api-client.ts';
import { useKept } from '../session/kept-text.ts';
import type { FieldErrors } from '../ui/use-form.ts';
import { changeOf, type FieldName, type Rebased, rebase, type Values, valuesOf } from './fields.ts';
import {
  changeRecommendation,
  historyQuery,
  pageQuery,
  refreshRecommendations,
} from './recommendation-api.ts';

const terms = z.array(z.string());
const values = z.object({
  ...{ reference: z.string(), title: z.string(), text: z.string(), source: z.string() },
  ...{ document: z.string(), locator: z.string(), date: z.string(), session: z.string() },
  ...{ phase: z.string(), language: z.string(), disposition: z.string(), dispositionReason: z.string() },
  ...{ themes: terms, dimensions: terms, kinds: terms, stakeholderKinds: terms, regions: terms },
});
/** A form that is open: what it began from, and what it says now. */
const editing = z.object({ version: z.number(), base: values, values });
export type Editing = z.infer<typeof editing>;

/** A form on one recommendation that this tab keeps through a reload while it is open; null while it is not. */
export function useEditing(key: string) {
  return useKept(key, editing);
}

export function editingOf(page: RecommendationPage): Editing {
  const now = values.parse(valuesOf(page));
  return { version: page.version, base: now, values: now };
}

/** What somebody else changed while a form was open. */
export interface Clash extends Pick<Rebased, 'taken' | 'disputed'> {
  by: string;
  theirs: Values;
}

/**
 * Saves a form. When somebody changed the recommendation meanwhile, the form is brought up to that and says so; saved
 * again, what was typed takes its place.
 */
export function useEdit(
  { processId, id }: { processId: string; id: string },
  form: Editing,
  onChange: (form: Editing) => void,
  onDone: () => void,
) {
  const [errors, setErrors] = useState<FieldErrors>({});
  const [clash, setClash] = useState<Clash | null>(null);

  /** Brings the form up to what is there now. */
  async function catchUp(): Promise<void> {
    const fresh = await queryClient.fetchQuery({ ...pageQuery(processId, id), staleTime: 0 });
    if (fresh.deletedAt !== null || fresh.mergedInto !== null) return;
    const events = await queryClient.fetchQuery(historyQuery(processId, id, `clash ${fresh.version}`));
    const by = events.find(({ recommendationId }) => recommendationId === id)?.by?.name ?? 'Somebody';
    const theirs = values.parse(valuesOf(fresh));
    const next = rebase(form.base, form.values, theirs);
    setClash({ by, theirs, taken: next.taken, disputed: next.disputed });
    onChange({ version: fresh.version, base: theirs, values: values.parse(next.values) });
  }

  const saving = useMutation({
    mutationFn: async (change: z.infer<typeof recommendationChange>) => {
      try {
        return await changeRecommendation(processId, id, change);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'changed-since') throw error;
        await catchUp();
        return null;
      }
    },
    onSuccess: async (saved) => {
      if (saved === null) return;
      queryClient.setQueryData(pageQuery(processId, id).queryKey, saved);
      onDone();
      await refreshRecommendations(processId);
    },
  });

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // A dialog stands in the page's React tree: its form is not the form around it.
    event.stopPropagation();
    const change = changeOf(form.base, form.values);
    const parsed = recommendationChange.safeParse({ version: form.version, ...change });
    if (!parsed.success) {
      const found: Record<string, string> = {};
      for (const { path, message } of parsed.error.issues)
        found[String(path[0] === 'terms' ? path[1] : path[0])] ??= message;
      setErrors(found);
      for (const element of event.currentTarget.elements)
        if (element instanceof HTMLElement && found[element.getAttribute('name') ?? '']) {
          element.focus();
          break;
        }
      return;
    }
    setErrors({});
    if (Object.keys(change).length === 0) onDone();
    else if (!saving.isPending) saving.mutate(parsed.data);
  };

  return {
    errors,
    clash,
    problem: saving.error?.message ?? '',
    pending: saving.isPending,
    onSubmit,
    set: <Name extends FieldName>(field: Name, value: Values[Name]): void =>
      onChange({ ...form, values: values.parse({ ...form.values, [field]: value }) }),
  };
}
