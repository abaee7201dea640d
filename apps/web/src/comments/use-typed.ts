import { explain, type Verdict } from '@zerodraft/contract';
import { z } from 'zod';
import { useKept } from '../session/kept-text.ts';
import { usePermission, useWorkspace } from '../session/use-draft.tsx';

/** What one types into a box, and why it cannot be sent now. */
export interface Typed {
  body: string;
  onChange: (body: string) => void;
  obstacle: string | null;
}

/** What the person types into one box, kept over reloads under a name of its own. */
export function useTypedText(name: string, verdict: Verdict): Typed {
  const [body, setBody] = useKept(name, z.string());
  return {
    body: body ?? '',
    onChange: (text) => setBody(text === '' ? null : text),
    obstacle: verdict.allowed ? null : explain(verdict.reason),
  };
}

/** `useTypedText` of the open draft. */
export function useTyped(place: string): Typed {
  const { session, viewer } = useWorkspace();
  return useTypedText(`${viewer.id}/${session.draft.id}/${place}`, usePermission('comment.write'));
}
