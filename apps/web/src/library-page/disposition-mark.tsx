import { DISPOSITION_LABELS, type EffectiveDisposition } from '@zerodraft/trace';
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleMinus,
  CircleX,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Record<EffectiveDisposition, LucideIcon> = {
  reflected: CircleCheck,
  open: Circle,
  partly: CircleDot,
  'not-reflected': CircleX,
  deferred: CircleDashed,
  'out-of-scope': CircleMinus,
};

/** What became of a recommendation, as a sign and in words. */
export function DispositionMark({ value }: { value: EffectiveDisposition }) {
  const Icon = ICONS[value];
  return (
    <span className="disposition" data-disposition={value}>
      <Icon size={15} aria-hidden="true" /> <span>{DISPOSITION_LABELS[value]}</span>
    </span>
  );
}
