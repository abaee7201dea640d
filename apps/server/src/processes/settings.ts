import { z } from 'zod';

const settingsShape = z.looseObject({
  sections: z.array(z.string()).default([]),
});
type ProcessSettings = z.infer<typeof settingsShape>;

/** A process's stored definition; what this version does not know stays in it. */
export function settingsOf(definition: string): ProcessSettings {
  return settingsShape.parse(JSON.parse(definition));
}
