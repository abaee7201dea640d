import { z } from 'zod';

/** What the address of the library's page holds; what is unknown is left out. */
export const librarySearch = z.object({ q: z.string().optional().catch(undefined) });
