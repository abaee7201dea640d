import { unzipSync } from 'fflate';

/** The names of a zip's parts; null when it is damaged. */
export function partNames(bytes: Uint8Array): Set<string> | null {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.add(name);
        return false;
      },
    });
    return names;
  } catch {
    return null;
  }
}

/**
 * Unpacks some parts of a zip. A part never takes more than the size it declares, and those are summed up before.
 * @returns null when they declare more than the bound
 * @throws when the zip is damaged
 */
export function unpack(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  bound: number,
): Record<string, Uint8Array> | null {
  let size = 0;
  const chosen = new Set<string>();
  unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (wanted(name)) {
        size += originalSize;
        chosen.add(name);
      }
      return false;
    },
  });
  return size > bound ? null : unzipSync(bytes, { filter: ({ name }) => chosen.has(name) });
}
