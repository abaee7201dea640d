import { z } from 'zod';

const taxonomyShape = z.object({ themes: z.array(z.string()), dimensions: z.array(z.string()) });

/** The themes and dimensions in a process's stored definition. */
export function taxonomyOf(definition: string): z.infer<typeof taxonomyShape> {
  return taxonomyShape.parse(JSON.parse(definition));
}
