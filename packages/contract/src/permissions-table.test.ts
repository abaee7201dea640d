import { expect, it } from 'vitest';
import { permissionsMarkdown } from './permissions-table.ts';

it('docs/permissions.md is the table as it is; `pnpm docs:permissions` writes it anew', async () => {
  await expect(permissionsMarkdown()).toMatchFileSnapshot('../../../docs/permissions.md');
});
