/** Why a row is lost, by the row's id; printed under it. */
export const REMARKS: Readonly<Record<string, string>> = {};
