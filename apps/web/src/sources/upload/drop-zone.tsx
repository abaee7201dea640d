import { FileUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';

export const ACCEPT = '.docx,.pdf,.html,.htm,.md,.markdown,.txt';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Files dropped anywhere on the page: next to the mark, the browser would leave the page for them. */
function useDrop(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const { target, dataTransfer } = event;
      // A form's own field takes it by itself.
      if (!hasFiles(event) || (target instanceof HTMLInputElement && target.type === 'file')) return;
      event.preventDefault();
      take.current([...(dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

/** Where documents are dropped, or chosen from the device. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const id = useId();
  const over = useDrop(onFiles);
  return (
    <label className={over ? 'drop-zone source-drop drop-zone-over' : 'drop-zone source-drop'} htmlFor={id}>
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
