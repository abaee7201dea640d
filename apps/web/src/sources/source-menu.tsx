import type { Source } from '@zerodraft/contract';
import { useState } from 'react';
import { ItemMenu } from '../ui/menu.tsx';
import { DeleteSource, EditSource, ReplaceFile } from './source-dialogs.tsx';
import { fileAddress } from './sources-api.ts';

/** What one does with a source: the document for everybody, the rest for the team. */
export function SourceMenu({
  source,
  processId,
  manages,
  onDeleted,
}: {
  source: Source;
  processId: string;
  manages: boolean;
  onDeleted?: () => void;
}) {
  const [asking, setAsking] = useState<'edit' | 'replace' | 'delete' | null>(null);
  const common = { source, processId, onClose: () => setAsking(null) };
  // One that came with a file of recommendations knows its document, and waits for it.
  const hasFile = source.fileName !== null && source.state !== 'no-file';
  const download = (): void => {
    const link = document.createElement('a');
    link.href = fileAddress(processId, source.id);
    link.download = '';
    link.click();
  };
  return (
    <>
      <ItemMenu
        label={`Menu of ${source.title || 'the source'}`}
        items={[
          manages ? { label: 'Details', onSelect: () => setAsking('edit') } : null,
          hasFile ? { label: 'Download as uploaded', onSelect: download } : null,
          manages
            ? {
                label: hasFile ? 'Replace the document' : 'Upload the document',
                onSelect: () => setAsking('replace'),
              }
            : null,
          manages ? { label: 'Delete', danger: true, onSelect: () => setAsking('delete') } : null,
        ]}
      />
      {asking === 'edit' && <EditSource {...common} />}
      {asking === 'replace' && <ReplaceFile {...common} />}
      {asking === 'delete' && <DeleteSource {...common} {...(onDeleted ? { onDeleted } : {})} />}
    </>
  );
}
