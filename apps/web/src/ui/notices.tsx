import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useSyncExternalStore } from 'react';

interface Notice {
  id: number;
  text: string;
}

let notices: readonly Notice[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

/** Says in passing that something was done; it is read out and goes by itself. */
export function notify(text: string): void {
  last += 1;
  set([...notices.slice(-2), { id: last, text }]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the notices appear; stands once in the page. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <Toast.Provider duration={7_000} label="Notice" swipeDirection="down">
      {shown.map(({ id, text }) => (
        <Toast.Root
          key={id}
          className="notice"
          onOpenChange={(open) => !open && set(notices.filter((notice) => notice.id !== id))}
        >
          <Toast.Title>{text}</Toast.Title>
          <Toast.Close className="icon-button" aria-label="Dismiss">
            <X size={15} aria-hidden="true" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="notices" label="Notices ({hotkey})" />
    </Toast.Provider>
  );
}
