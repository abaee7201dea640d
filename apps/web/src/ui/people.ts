import { type Person, ROLE_LABELS, type Role } from '@zerodraft/contract';

/** What somebody is and for whom: "Delegate, Permanent Mission of Example". */
export function capacity({ role, organisation }: Pick<Person, 'organisation'> & { role: Role }): string {
  return organisation ? `${ROLE_LABELS[role]}, ${organisation}` : ROLE_LABELS[role];
}
