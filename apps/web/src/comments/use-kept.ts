import { useCallback, useState } from 'react';
import type { z } from 'zod';

function read<T>(key: string, shape: z.ZodType<T>, empty: T): T {
  try {
    const kept = window.localStorage.getItem(key);
    const parsed = shape.safeParse(kept === null ? empty : JSON.parse(kept));
    return parsed.success ? parsed.data : empty;
  } catch {
    return empty;
  }
}

/**
 * State that survives a reload on this device, for what is being written.
 * @param key names the person, the draft and the field
 */
export function useKept<T>(key: string, shape: z.ZodType<T>, empty: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => read(key, shape, empty));
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        if (next === null || next === '') window.localStorage.removeItem(key);
        else window.localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A device that keeps nothing: it lasts as long as the page.
      }
    },
    [key],
  );
  return [value, keep];
}
