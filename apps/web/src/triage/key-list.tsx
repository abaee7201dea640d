import { KEYS } from './use-keys.ts';

/** The keys, always to be seen, with the way to turn them off. */
export function KeyList({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  return (
    <div className="key-list">
      {on && (
        <dl aria-label="Keys">
          {KEYS.map(({ key, words }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <label className="key-switch">
        <input type="checkbox" checked={on} onChange={onToggle} /> Single keys
      </label>
    </div>
  );
}
