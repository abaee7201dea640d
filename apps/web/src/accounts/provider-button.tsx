import { useMutation } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useSession } from '../shell/signed-in.tsx';
import { Problem } from '../ui/field.tsx';
import { signInByProvider } from './auth-api.ts';

/** Goes to the identity provider of a mission or ministry, when the server has one, and comes back to `next`. */
export function ProviderButton({ next }: { next: string }) {
  const { identityProvider } = useSession();
  const go = useMutation({
    mutationFn: () => signInByProvider(next),
    onSuccess: (address) => window.location.assign(address),
  });
  if (identityProvider === null) return null;
  return (
    <>
      <button type="button" className="button" disabled={go.isPending} onClick={() => go.mutate()}>
        <Building2 size={16} aria-hidden="true" /> Sign in by {identityProvider}
      </button>
      <Problem>{go.error?.message}</Problem>
    </>
  );
}
