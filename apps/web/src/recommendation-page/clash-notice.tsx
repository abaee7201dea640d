import { FIELD_LABELS, type FieldName } from './fields.ts';
import type { Clash } from './use-edit.ts';

const named = (fields: readonly FieldName[]): string =>
  new Intl.ListFormat('en').format(fields.map((field) => FIELD_LABELS[field].toLowerCase()));

/** Says that somebody else was quicker, and what that means for what was typed. */
export function ClashNotice({ clash }: { clash: Clash | null }) {
  return (
    <div role="status" className="clash">
      {clash && (
        <div className="callout">
          <p>
            <strong>{clash.by} changed this recommendation meanwhile. Nothing you typed is lost.</strong>
          </p>
          {clash.taken.length > 0 && (
            <p>What you had not touched now shows the new state: {named(clash.taken)}.</p>
          )}
          {clash.disputed.length > 0 && (
            <p>You both changed {named(clash.disputed)}: yours stands here, with the other below it.</p>
          )}
          <p>Look it over and save again.</p>
        </div>
      )}
    </div>
  );
}
