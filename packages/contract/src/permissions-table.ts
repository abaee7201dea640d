import { ACTIONS, ACTORS, type Actor, RULES, type Rule } from './permissions.ts';

const NEEDS: Record<Rule['needs'], string> = {
  active: 'active',
  kept: 'active or archived',
  any: 'also in the bin',
};

function cell(rule: Rule, actor: Actor): string {
  if (!rule.actors.includes(actor)) return '';
  return rule.window && actor === 'delegate' ? 'in a round' : 'yes';
}

/** The permission table as Markdown; docs/permissions.md is this text. */
export function permissionsMarkdown(): string {
  const head = ['May', ...ACTORS, 'Process and draft'];
  const rows = ACTIONS.map((action) => [
    `\`${action}\``,
    ...ACTORS.map((actor) => cell(RULES[action], actor)),
    action === 'process.create' ? '' : NEEDS[RULES[action].needs],
  ]);
  const cells = [head, head.map(() => ''), ...rows];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const table = cells.map((row, index) => {
    const fill = index === 1 ? '-' : ' ';
    return `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  });
  return `# Who may do what

Written by \`pnpm docs:permissions\` from \`packages/contract/src/permissions.ts\`; a test fails when it is stale.

${table.join('\n')}

- **public** holds a draft's public link, or the address of a process's box; **creator** is an account that the server lets create processes.
- **in a round**: while a round of the process opens this to delegates; always when the process has no rounds.
- A member's role in one draft can be another, or none, which hides the draft; a facilitator of the process is one in each of its drafts.
- The last column is the state that the process and the draft must have.
`;
}
