const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iPhone or iPad'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** A name for this device that its person may change. */
export function thisDevice(): string {
  const known = SYSTEMS.find(([pattern]) => pattern.test(navigator.userAgent));
  return known ? `My ${known[1]} device` : 'My device';
}
