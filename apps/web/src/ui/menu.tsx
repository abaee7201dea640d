import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

interface MenuProps {
  trigger: ReactNode;
  /** Which edge of the button it keeps to. */
  align?: 'start' | 'end';
  /** Draws the items; what `after` wraps happens once the menu is gone and its button has the focus again. */
  children: (after: (action: () => void) => () => void) => ReactNode;
}

/** A menu behind a button. A dialog that an item opens gives the focus back to that button in the end. */
export function Menu({ trigger, align = 'end', children }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null);
  const after = (action: () => void) => (): void => {
    chosen.current = action;
  };
  return (
    <DropdownMenu.Root modal={false}>
      {trigger}
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          sideOffset={4}
          onCloseAutoFocus={() => {
            if (chosen.current) setTimeout(chosen.current);
            chosen.current = null;
          }}
        >
          {children(after)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

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
      {(after) =>
        shown.map(({ label: text, onSelect, danger }) => (
          <DropdownMenu.Item
            key={text}
            className={danger ? 'menu-danger' : undefined}
            onSelect={after(onSelect)}
          >
            {text}
          </DropdownMenu.Item>
        ))
      }
    </Menu>
  );
}
