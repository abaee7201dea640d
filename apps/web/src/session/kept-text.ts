import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import type { z } from 'zod';

const PREFIX = 'zerodraft/typed/';

function readKept<T>(key: string, shape: z.ZodType<T>): T | null {
  try {
    const kept = sessionStorage.getItem(PREFIX + key);
    return kept === null ? null : (shape.safeParse(JSON.parse(kept)).data ?? null);
  } catch {
    return null;
  }
}

/**
 * State that this tab keeps through a reload, a sign-in or a change of rights, until it is null: what somebody typed and
 * did not send.
 * @param key names the person too, so that nobody finds another's words
 */
export function useKept<T>(key: string, shape: z.ZodType<T>): [T | null, Dispatch<SetStateAction<T | null>>] {
  const [value, setValue] = useState(() => readKept(key, shape));
  useEffect(() => {
    try {
      if (value === null) sessionStorage.removeItem(PREFIX + key);
      else sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      // A browser without storage keeps it as long as the page stands.
    }
  }, [key, value]);
  return [value, setValue];
}

/** Texts kept under keys that begin so. */
export function keptUnder(prefix: string): string[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX + prefix))
    .map((key) => sessionStorage.getItem(key) ?? '');
}

/** Forgets all that this tab kept, as when its person signs out. */
export function forgetTyped(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
