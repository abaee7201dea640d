import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';

export const ACCEPT = '.docx,.pdf,.html,.htm,.md,.markdown,.txt';

/** Where documents are dropped, or chosen from the device. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <label
      className={over ? 'drop-zone source-drop drop-zone-over' : 'drop-zone source-drop'}
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileUp size={20} aria-hidden="true" />
      <span>
        Drop documents here, or <span className="like-link">choose them</span>
      </span>
      <span className="field-hint">Word, PDF, HTML, Markdown or text; up to 25 MiB each</span>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        multiple
        accept={ACCEPT}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </label>
  );
}
