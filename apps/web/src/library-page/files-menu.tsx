import { LIBRARY_FORMATS } from '@zerodraft/contract';
import { Download, Upload } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { ImportDialog } from '../library/import-dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { exportAddress } from './library-api.ts';

const WORDS = {
  json: 'JSON, for another Zerodraft process',
  csv: 'CSV',
  xlsx: 'XLSX',
} as const;

/** The library as a file, and files into the library. */
export function FilesMenu({ processId, mayImport }: { processId: string; mayImport: boolean }) {
  const [importing, setImporting] = useState(false);
  return (
    <>
      {mayImport && (
        <button type="button" className="button" onClick={() => setImporting(true)}>
          <Upload size={15} aria-hidden="true" /> Import
        </button>
      )}
      <Menu
        trigger={
          <DropdownMenu.Trigger className="button">
            <Download size={15} aria-hidden="true" /> Export
          </DropdownMenu.Trigger>
        }
      >
        {() => (
          <DropdownMenu.Group>
            <DropdownMenu.Label className="menu-label">
              The whole library, whatever is shown
            </DropdownMenu.Label>
            {LIBRARY_FORMATS.map((format) => (
              <DropdownMenu.Item key={format} asChild>
                <a href={exportAddress(processId, format)} download>
                  {WORDS[format]}
                </a>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Group>
        )}
      </Menu>
      {importing && <ImportDialog processId={processId} onClose={() => setImporting(false)} />}
    </>
  );
}
