import { zValidator } from '@hono/zod-validator';
import type { Context } from 'hono';
import type { z } from 'zod';
import { refuse } from './context.ts';

function reply(result: { success: true } | { success: false; error: z.core.$ZodError }, c: Context) {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.');
  return refuse(c, 400, 'bad-request', `${where ? `${where}: ` : ''}${issue?.message ?? 'not readable'}`);
}

/** The body as JSON of this shape; anything else is refused with what is wrong in it. */
export const json = <Shape extends z.ZodType>(shape: Shape) => zValidator('json', shape, reply);

/** The query of this shape. */
export const query = <Shape extends z.ZodType>(shape: Shape) => zValidator('query', shape, reply);
