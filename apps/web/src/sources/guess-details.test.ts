import { SOURCE_KIND_LABELS } from '@zerodraft/trace';
import { expect, it } from 'vitest';
import { guessDetails } from './guess-details.ts';

it.each([
  ['A_RES_71_1.pdf', { symbol: 'A/RES/71/1' }],
  ['A-72-643-Add.1 (French).pdf', { symbol: 'A/72/643/Add.1', language: 'fr' }],
  [
    '2017-10-26 Kenya - written input_fr.docx',
    { date: '2017-10-26', who: 'Kenya', kind: 'written-input', language: 'fr' },
  ],
  [
    'Cities Network - Submission - 3 October 2017.pdf',
    {
      who: 'Cities Network',
      kind: 'written-input',
      date: '2017-10-03',
      stakeholderKind: 'Local authority',
    },
  ],
  ["Co-chairs' summary Session 4 (en).docx", { kind: 'chair-summary', session: 'Session 4', language: 'en' }],
  [
    'Summary of the third thematic session.html',
    { kind: 'session-summary', session: 'Third thematic session' },
  ],
  [
    'IOM – report – phase 2.md',
    { kind: 'report', phase: 'Phase 2', who: 'IOM', stakeholderKind: 'UN entity' },
  ],
  // What looks like a day and is none, a word that ends like a language, a name that says nothing.
  ['20171399 scan.pdf', {}],
  ['Notes on women.txt', {}],
  ['.docx', {}],
])('%s', (name, guess) => {
  expect(guessDetails(name, Object.values(SOURCE_KIND_LABELS))).toEqual(guess);
});

it('guesses no kind of stakeholder that the process does not have', () => {
  expect(guessDetails('IOM – report.md', ['Academia'])).toEqual({ kind: 'report', who: 'IOM' });
});
