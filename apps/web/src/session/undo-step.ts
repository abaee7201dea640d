import type { DraftSession } from './draft-session.ts';

/** Makes a change one undo step of its own, whatever was typed just before or after it. */
export function asUndoStep<Result>(session: DraftSession, change: () => Result): Result {
  session.undo.stopCapturing();
  const result = change();
  session.undo.stopCapturing();
  return result;
}
