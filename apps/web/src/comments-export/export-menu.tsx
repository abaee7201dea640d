import { mayEver, type Visibility } from '@zerodraft/contract';
import { Check, ChevronDown, Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';
import { Menu } from '../ui/menu.tsx';

const FORMATS = [
  { format: 'xlsx', label: 'Excel (XLSX)' },
  { format: 'csv', label: 'Text (CSV)' },
] as const;

/** Where the comments of a draft are fetched as a file. */
function exportAddress(draftId: string, format: 'csv' | 'xlsx', visibility: Visibility): string {
  return `/api/drafts/${encodeURIComponent(draftId)}/threads.${format}?visibility=${visibility}`;
}

/** Downloads all comments of the open draft; the team chooses whether its private threads are among them. */
export function ExportMenu() {
  const { draft, viewer } = useWorkspace();
  const [withPrivate, setWithPrivate] = useState(false);
  return (
    <Menu
      trigger={
        <DropdownMenu.Trigger className="button">
          <Download size={15} aria-hidden="true" /> Export
          <span className="visually-hidden"> comments</span>
          <ChevronDown size={14} aria-hidden="true" />
        </DropdownMenu.Trigger>
      }
    >
      {() => (
        <>
          <DropdownMenu.Label className="menu-label">All comments of the draft</DropdownMenu.Label>
          {FORMATS.map(({ format, label }) => (
            <DropdownMenu.Item key={format} asChild>
              <a href={exportAddress(draft.id, format, withPrivate ? 'team' : 'all')} download>
                {label}
              </a>
            </DropdownMenu.Item>
          ))}
          {mayEver(viewer.role, 'comment.private') && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <DropdownMenu.CheckboxItem
                checked={withPrivate}
                onCheckedChange={setWithPrivate}
                // The menu stays: what is chosen holds for what is then downloaded.
                onSelect={(event) => event.preventDefault()}
              >
                <span className="menu-check">
                  <DropdownMenu.ItemIndicator>
                    <Check size={15} aria-hidden="true" />
                  </DropdownMenu.ItemIndicator>
                </span>
                With private threads
              </DropdownMenu.CheckboxItem>
            </>
          )}
        </>
      )}
    </Menu>
  );
}
