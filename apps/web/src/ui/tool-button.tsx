import type { LucideIcon } from 'lucide-react';

interface Props {
  icon: LucideIcon;
  label: string;
  onClick: () => void;
  pressed?: boolean | undefined;
  /** Of the icon, in pixels. */
  size?: number;
}

/** A tool of a text: it acts where the caret is, and leaves the focus there. */
export function ToolButton({ icon: Icon, label, onClick, pressed, size = 17 }: Props) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      <Icon size={size} aria-hidden="true" />
    </button>
  );
}
