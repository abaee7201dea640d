import { ROLE_LABELS, type Role } from '@zerodraft/contract';

interface Findable {
  name: string;
  organisation: string | null;
  email?: string | null;
  role?: Role;
}

/** Whether every word that is looked for stands in somebody's name, organisation, email or role; accents do not matter. */
export function isFound({ name, organisation, email, role }: Findable, find: string): boolean {
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const text = plain([name, organisation, email, role && ROLE_LABELS[role]].filter(Boolean).join(' '));
  return plain(find)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
