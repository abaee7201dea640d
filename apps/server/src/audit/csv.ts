import type { AuditEntry } from '@zerodraft/contract';

const HEADERS = ['Time (UTC)', 'Person', 'Action', 'Object', 'Id', 'Details', 'Address', 'Device'];

/** A cell that a spreadsheet shows as text: what begins like a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The header row, after the mark by which Excel knows UTF-8. */
export const AUDIT_CSV_HEAD = `\ufeff${line(HEADERS)}`;

/** One record as a row. */
export function auditCsvLine(entry: AuditEntry): string {
  const { at, userName, action, objectKind, objectId, details, ip, device } = entry;
  const shown = Object.keys(details).length === 0 ? '' : JSON.stringify(details);
  return line([at, userName ?? 'Server', action, objectKind, objectId, shown, ip ?? '', device ?? '']);
}
