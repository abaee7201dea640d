import type { en } from './en.ts';

type SameKeys<Value> = Value extends string ? string : { [Key in keyof Value]: SameKeys<Value[Key]> };

/** What each language says. */
export type Texts = SameKeys<typeof en>;
