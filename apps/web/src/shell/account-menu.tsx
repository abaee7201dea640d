import { useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { signOut } from '../accounts/auth-api.ts';
import { queryClient } from '../api-client.ts';
import { forgetTyped } from '../session/kept-text.ts';
import { Menu } from '../ui/menu.tsx';
import { useAccount } from './signed-in.tsx';

/** The signed-in person: who, what they are here, and the way to the account and out. */
export function AccountMenu({ detail }: { detail?: string | undefined }) {
  const { name } = useAccount();
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    await signOut();
    forgetTyped();
    queryClient.clear();
    window.location.assign('/');
  };
  return (
    <Menu
      trigger={
        <DropdownMenu.Trigger className="account-button">
          <span className="visually-hidden">Account:</span>
          <span>
            <strong>{name}</strong>
            {detail && <small>{detail}</small>}
          </span>
          <ChevronDown size={15} aria-hidden="true" />
        </DropdownMenu.Trigger>
      }
    >
      {(after) => (
        <>
          <DropdownMenu.Item onSelect={after(() => void navigate({ to: '/' }))}>
            All processes
          </DropdownMenu.Item>
          <DropdownMenu.Item onSelect={after(() => void navigate({ to: '/account' }))}>
            Account
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item onSelect={after(() => void leave())}>Sign out</DropdownMenu.Item>
        </>
      )}
    </Menu>
  );
}
