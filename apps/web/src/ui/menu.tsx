import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

export interface MenuItem {
  label: string;
  onSelect: () => void;
  danger?: boolean;
}

/** The lesser actions on one thing, behind three dots. */
export function ItemMenu({ label, items }: { label: string; items: readonly (MenuItem | null)[] }) {
  const shown = items.filter((item) => item !== null);
  if (shown.length === 0) return null;
  return (
    <Menu
      trigger={
        <DropdownMenu.Trigger className="icon-button" aria-label={label}>
          <EllipsisVertical size={16} aria-hidden="true" />
        </DropdownMenu.Trigger>
      }
    >
      {shown.map(({ label: text, onSelect, danger }) => (
        <DropdownMenu.Item key={text} className={danger ? 'menu-danger' : undefined} onSelect={onSelect}>
          {text}
        </DropdownMenu.Item>
      ))}
    </Menu>
  );
}

export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      {trigger}
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
