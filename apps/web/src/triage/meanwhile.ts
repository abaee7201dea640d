import { type ProposalFields, proposalFields } from '@zerodraft/contract';

const LABELS: Record<keyof ProposalFields, string> = {
  title: 'Title',
  text: 'Text',
  kind: 'Kind',
  themes: 'Themes',
  dimensions: 'Dimensions',
  name: 'On behalf of',
  stakeholderKind: 'Who they are',
  region: 'Country or region',
};

/** Letters of a value that are shown at most. */
const SHOWN = 200;

/** The fields in which a proposal differs from what it said before. */
export function differing(before: ProposalFields, after: ProposalFields): (keyof ProposalFields)[] {
  return proposalFields
    .keyof()
    .options.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** What some fields say now: "Title: “A hotline”; Themes: nothing". */
export function toldFields(fields: readonly (keyof ProposalFields)[], now: ProposalFields): string {
  const told = fields.map((field) => {
    const value = [now[field]].flat().join('; ');
    const short = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
    return `${LABELS[field]}: ${short === '' ? 'nothing' : `“${short}”`}`;
  });
  return told.join('; ');
}
