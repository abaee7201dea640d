import { newReceiptCode } from '@zerodraft/contract';
import { useEffect, useState } from 'react';
import { z } from 'zod';

/** What is typed and not sent yet, with the id and the code that it is sent under, however often. */
const keptShape = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  kind: z.string(),
  themes: z.array(z.string()),
  dimensions: z.array(z.string()),
  name: z.string(),
  stakeholderKind: z.string(),
  region: z.string(),
  contact: z.string(),
});
type KeptProposal = z.infer<typeof keptShape>;

function emptyProposal(): KeptProposal {
  const own = { id: crypto.randomUUID(), code: newReceiptCode() };
  const said = { title: '', text: '', name: '', region: '', contact: '' };
  return { ...own, ...said, kind: '', themes: [], dimensions: [], stakeholderKind: '' };
}

const keyOf = (slug: string): string => `zerodraft-box-${slug}`;

function read(slug: string): KeptProposal {
  try {
    return keptShape.parse(JSON.parse(localStorage.getItem(keyOf(slug)) ?? ''));
  } catch {
    return emptyProposal();
  }
}

function forget(slug: string): void {
  try {
    localStorage.removeItem(keyOf(slug));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** A proposal that survives a reload of the page. */
export function useKeptProposal(slug: string) {
  const [proposal, setProposal] = useState(() => read(slug));
  const { title, text, name, region, contact, themes, dimensions } = proposal;
  const isEmpty =
    [title, text, name, region, contact].every((said) => said === '') &&
    themes.length + dimensions.length === 0;
  useEffect(() => {
    if (isEmpty) forget(slug);
    try {
      if (!isEmpty) localStorage.setItem(keyOf(slug), JSON.stringify(proposal));
    } catch {
      // A browser that keeps nothing: then it is lost with the page.
    }
  }, [slug, proposal, isEmpty]);
  return {
    proposal,
    isEmpty,
    change: (change: Partial<KeptProposal>) => setProposal((before) => ({ ...before, ...change })),
    clear: () => {
      // At once: the form may be gone before the next effect.
      forget(slug);
      setProposal(emptyProposal());
    },
  };
}
