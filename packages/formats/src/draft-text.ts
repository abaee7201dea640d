import type { BlockKind } from '@zerodraft/schema';
import { RELATIONS, type Relation } from '@zerodraft/trace';
import type { FileProblem } from './process-folder.ts';

/** One block of a draft file with the recommendations it is linked to. */
export interface DraftBlock {
  kind: BlockKind;
  text: string;
  links: { reference: string; relation: Relation }[];
  line: number;
}

const LINKS = /\s*\{([^{}]*)\}\s*$/;

/**
 * Reads a draft file, one block a line: `# Title`, `## Section`, `### Objective`, plain paragraph, `- item`,
 * `  - sub-item`; a clause may end with its sources as `{REF-1 REF-2:verbatim}`. Numbers are never written.
 * @param known references of the process's recommendations
 */
export function readDraftText(
  text: string,
  file: string,
  known: ReadonlySet<string>,
): { blocks: DraftBlock[]; errors: FileProblem[] } {
  const blocks: DraftBlock[] = [];
  const errors: FileProblem[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    if (raw.trim() === '') return;
    const line = index + 1;
    const fail = (message: string): void => void errors.push({ file, line, message });
    const [kind, rest] = classify(raw);
    const match = LINKS.exec(rest);
    const content = rest.replace(LINKS, '').trim();
    const previous = blocks.at(-1)?.kind;
    if (content === '') fail('this block has no text.');
    if (blocks.length === 0 && kind !== 'title') fail('the draft begins with its title: "# Title".');
    if (blocks.length > 0 && kind === 'title') fail('a draft has one title. Use "## " for a section.');
    if (kind === 'item' && previous === 'title') fail('an item needs a section or a paragraph above it.');
    if (kind === 'subitem' && previous !== 'item' && previous !== 'subitem')
      fail('a sub-item needs an item ("- ") above it.');
    const links: DraftBlock['links'] = [];
    for (const token of match?.[1]?.split(/\s+/).filter(Boolean) ?? []) {
      const [reference = '', name = 'adapted'] = token.split(':');
      const relation = RELATIONS.find((candidate) => candidate === name);
      if (kind === 'title' || kind === 'section')
        fail('only clauses have sources; move them to a paragraph or item.');
      else if (relation === undefined) fail(`"${name}" is no relation. Use one of: ${RELATIONS.join(', ')}.`);
      else if (!known.has(reference)) fail(`there is no recommendation "${reference}".`);
      else if (links.some((link) => link.reference === reference))
        fail(`"${reference}" is named twice on this clause.`);
      else links.push({ reference, relation });
    }
    blocks.push({ kind, text: content, links, line });
  });
  if (blocks.length === 0)
    errors.push({ file, line: 1, message: 'the draft is empty. Begin with "# Title".' });
  return { blocks, errors };
}

function classify(raw: string): [BlockKind, string] {
  if (raw.startsWith('### ')) return ['objective', raw.slice(4)];
  if (raw.startsWith('## ')) return ['section', raw.slice(3)];
  if (raw.startsWith('# ')) return ['title', raw.slice(2)];
  if (/^\s{2,}- /.test(raw)) return ['subitem', raw.replace(/^\s+- /, '')];
  if (raw.startsWith('- ')) return ['item', raw.slice(2)];
  return ['paragraph', raw];
}
