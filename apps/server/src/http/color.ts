/** Colours of cursors and names: apart from each other, and 4.5:1 against white lettering. */
const COLORS = ['#1d5fa8', '#a33b20', '#2f6f3e', '#7a3e9d', '#8a5a00', '#0f6b72', '#a12a5e', '#4b5563'];

/** A member's colour, by their place in the process. */
export function colorOf(position: number): string {
  return COLORS[position % COLORS.length] ?? '#1d5fa8';
}
