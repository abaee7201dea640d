import {
  DOCUMENT_KIND_LABELS,
  DOCUMENT_KINDS,
  SOURCE_STATES,
  type Source,
  type SourceState,
} from '@zerodraft/contract';
import { z } from 'zod';

export const STATE_LABELS: Record<SourceState, string> = {
  'no-file': 'No document',
  reading: 'Reading…',
  read: 'Read',
  'no-text': 'No text',
  failed: 'Not readable',
};

/** What the list of sources shows; part of its address. */
export const sourceFilter = z.object({
  find: z.string().optional().catch(undefined),
  kind: z.enum(DOCUMENT_KINDS).optional().catch(undefined),
  /** Label of a kind of stakeholder. */
  from: z.string().optional().catch(undefined),
  state: z.enum(SOURCE_STATES).optional().catch(undefined),
  /** Words in the texts of all sources. */
  text: z.string().max(200).optional().catch(undefined),
});
export type SourceFilter = z.infer<typeof sourceFilter>;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** All that is said about a source, to be searched. */
function words(source: Source): string {
  const { title, who, region, phase, session, date, symbol, language, fileName, kind, stakeholderKind } =
    source;
  const labels = [DOCUMENT_KIND_LABELS[kind], stakeholderKind];
  return plain([title, who, region, phase, session, date, symbol, language, fileName, ...labels].join(' '));
}

/** The sources that fit a filter; every word must be found somewhere, accents do not matter. */
export function filterSources(
  sources: readonly Source[],
  { find, kind, from, state }: SourceFilter,
): Source[] {
  const wanted = plain(find ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return sources.filter((source) => {
    if (kind && source.kind !== kind) return false;
    if (from && source.stakeholderKind !== from) return false;
    if (state && source.state !== state) return false;
    if (wanted.length === 0) return true;
    const text = words(source);
    return wanted.every((word) => text.includes(word));
  });
}
