import { zValidator } from '@hono/zod-validator';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
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

/** One part of the address of this shape; any other leads nowhere. */
export const param = <Name extends string, Shape extends z.ZodType<string>>(name: Name, shape: Shape) =>
  createMiddleware(async (c, next) => {
    if (!shape.safeParse(c.req.param(name)).success)
      return refuse(c, 404, 'not-found', 'There is no such address in the API.');
    return next();
  });
