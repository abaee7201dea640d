import { DISPOSITION_LABELS, type Disposition } from '@zerodraft/trace';

/** A recommendation that a draft reflects no more. */
export interface LostOne {
  reference: string;
  /** What was decided of it, links apart. */
  disposition: Disposition;
  /** Whether a link stays that does not reflect it. */
  stillLinked: boolean;
}

/** References that are named before the rest is counted. */
const NAMED = 4;

function listed(references: readonly string[]): string {
  const named = references.slice(0, NAMED);
  const rest = references.length - named.length;
  const parts = rest > 0 ? [...named, `${rest} more`] : named;
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function sentence(lost: readonly LostOne[], then: string): string {
  const count = lost.length > 1 ? ` (${lost.length})` : '';
  const how = lost.every(({ stillLinked }) => stillLinked) ? 'reflected' : 'linked';
  const verb = lost.length > 1 ? 'are' : 'is';
  return `${listed(lost.map(({ reference }) => reference))}${count} ${verb} ${how} nowhere any more in this draft: ${then}.`;
}

/** What becomes of recommendations whose last link somebody took away: those on which nothing is decided are open again. */
export function lostWords(lost: readonly LostOne[]): string {
  const sentences: string[] = [];
  const open = lost.filter(({ disposition }) => disposition === 'open');
  if (open.length > 0)
    sentences.push(sentence(open, open.length > 1 ? 'they are open again' : 'it is open again'));
  const decided = lost.filter(({ disposition }) => disposition !== 'open');
  const kinds = new Set(decided.map(({ disposition }) => disposition));
  for (const kind of kinds) {
    const own = decided.filter(({ disposition }) => disposition === kind);
    const stays = `${own.length > 1 ? 'they stay' : 'it stays'} “${DISPOSITION_LABELS[kind].toLowerCase()}”`;
    sentences.push(sentence(own, stays));
  }
  return sentences.join(' ');
}
