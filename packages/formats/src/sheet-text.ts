/** Characters that a cell holds at most. */
const MAX_CELL = 32_000;

/** Text as a cell of a workbook: what looks like an escaped character there is text as well (ECMA-376 part 1, 22.9.2.19). */
export function sheetText(value: string): string {
  const whole = value.length > MAX_CELL ? `${value.slice(0, MAX_CELL)} …` : value;
  // The sign for what could not be read is left out of workbooks unless it is escaped.
  return whole.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_').replaceAll('\ufffd', '_xFFFD_');
}
