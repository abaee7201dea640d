import { notify } from './notices.tsx';

/** Copies an address to be handed on, and says so; where the browser does not let this page copy, it is shown. */
export async function copyAddress(address: string, ofWhat: string): Promise<void> {
  const { href } = new URL(address, window.location.href);
  try {
    await navigator.clipboard.writeText(href);
    notify(`The address ${ofWhat} was copied.`);
  } catch {
    notify(`The address ${ofWhat} is ${href}`);
  }
}
