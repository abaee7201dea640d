import type { AuditEntry } from '@zerodraft/contract';

const HEADERS = ['Time (UTC)', 'Person', 'Action', 'Object', 'Id', 'Details', 'Address', 'Device'];

/** A cell that a spreadsheet shows as text: what begins like a formula gets an apostrophe before it. */
function csvCell(text: string): string {
  // Apostrophes that stand there already get one more, so that an import finds the text as it was.
  const safe = /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Cells as a row. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The mark by which Excel knows UTF-8. */
export const CSV_MARK = '\ufeff';

export const AUDIT_CSV_HEAD = `${CSV_MARK}${csvLine(HEADERS)}`;

/** One record as a row. */
export function auditCsvLine(entry: AuditEntry): string {
  const { at, userName, action, objectKind, objectId, details, ip, device } = entry;
  const shown = Object.keys(details).length === 0 ? '' : JSON.stringify(details);
  return csvLine([at, userName ?? 'Server', action, objectKind, objectId, shown, ip ?? '', device ?? '']);
}
