import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Menu } from './menu.tsx';

interface Props<Value extends string> {
  /** What is chosen, as "Role of Jonas Okwuosa". */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  disabled?: boolean;
  onChoose: (value: Value) => void;
}

/**
 * One of a few, chosen by opening and confirming: an arrow key on a select would take effect at once, too soon for what
 * others notice.
 */
export function ChoiceMenu<Value extends string>({
  label,
  value,
  options,
  disabled,
  onChoose,
}: Props<Value>) {
  const current = options.find((option) => option.value === value);
  return (
    <Menu
      align="start"
      trigger={
        <DropdownMenu.Trigger className="button choice-button" disabled={disabled}>
          <span className="visually-hidden">{label}:</span>
          {current?.label}
          <ChevronDown size={14} aria-hidden="true" />
        </DropdownMenu.Trigger>
      }
    >
      {(after) => (
        <DropdownMenu.RadioGroup value={value}>
          {options.map((option) => (
            <DropdownMenu.RadioItem
              key={option.value}
              value={option.value}
              onSelect={after(() => option.value !== value && onChoose(option.value))}
            >
              {option.label}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      )}
    </Menu>
  );
}
