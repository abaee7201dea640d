import { type FootprintQuery, problem } from '@zerodraft/contract';
import { ApiError } from '../api-client.ts';

/** The name that the server gives a file. */
function nameIn(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1];
  return encoded === undefined ? 'footprint' : decodeURIComponent(encoded);
}

/**
 * Has a draft's footprint made as a file, and saves it.
 * @returns the file's name
 * @throws ApiError when the server refused
 */
export async function saveFootprint(draftId: string, query: FootprintQuery): Promise<string> {
  const { view, format, organisation, version, notes } = query;
  const asked = new URLSearchParams({ view, format, notes: String(notes) });
  if (organisation !== undefined) asked.set('organisation', organisation);
  if (version !== undefined) asked.set('version', version);
  const response = await fetch(`/api/drafts/${encodeURIComponent(draftId)}/footprint?${asked}`);
  if (!response.ok) {
    const refused = problem.safeParse(await response.json().catch(() => null));
    throw new ApiError(
      refused.data?.error ?? `The server answered with status ${response.status}.`,
      response.status,
      refused.data?.code,
      refused.data?.reason,
    );
  }
  const name = nameIn(response.headers.get('content-disposition'));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return name;
}
