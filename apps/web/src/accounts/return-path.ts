/** Where to go on after signing in: an address of this server only, else the start page. */
export function returnPath(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return '/';
  const { origin, pathname, search, hash } = new URL(next, window.location.origin);
  return origin === window.location.origin && pathname !== '/sign-in' ? pathname + search + hash : '/';
}
