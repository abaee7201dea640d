import { explain } from '@zerodraft/contract';
import { z } from 'zod';
import { useKept } from '../session/kept-text.ts';
import { usePermission, useWorkspace } from '../session/use-draft.tsx';

/** What one types into one box of a draft, kept over reloads, and why it cannot be sent now. */
export function useTyped(place: string) {
  const { session, viewer } = useWorkspace();
  const verdict = usePermission('comment.write');
  const [body, setBody] = useKept(`${viewer.id}/${session.draft.id}/${place}`, z.string());
  return {
    body: body ?? '',
    onChange: (text: string) => setBody(text === '' ? null : text),
    obstacle: verdict.allowed ? null : explain(verdict.reason),
  };
}
