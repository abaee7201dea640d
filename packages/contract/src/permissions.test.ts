import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import type { State } from './lifecycle.ts';
import {
  ACTIONS,
  ACTORS,
  type Action,
  type Actor,
  type Circumstances,
  permission,
  RULES,
  roleInEffect,
} from './permissions.ts';
import type { Round } from './rounds.ts';

const since = '2031-03-01T09:00:00.000Z';
const now = new Date('2031-03-10T12:00:00Z');
const lifecycle = (state: State) => ({ state, stateSince: since });

function given(over: Partial<Circumstances> = {}): Circumstances {
  return { process: lifecycle('active'), draft: lifecycle('active'), rounds: [], now, ...over };
}

function round(over: Partial<Round> = {}): Round {
  const base = { id: 'r', name: 'First round', timeZone: 'America/New_York' };
  return { ...base, opensAt: null, closesAt: null, comments: true, proposals: true, ...over };
}

const answer = (actor: Actor, action: Action, over: Partial<Circumstances> = {}) => {
  const verdict = permission(actor, action, given(over));
  return verdict.allowed ? 'yes' : verdict.reason.code;
};

describe('who may do what', () => {
  it.each(ACTIONS)('%s: those in the table, nobody else', (action) => {
    for (const actor of ACTORS)
      expect(answer(actor, action)).toBe(RULES[action].actors.includes(actor) ? 'yes' : 'role');
  });

  it('changes nothing in what is archived, and opens nothing that is in the bin', () => {
    for (const over of [{ draft: lifecycle('archived') }, { process: lifecycle('archived') }]) {
      expect(answer('facilitator', 'draft.edit', over)).toBe('archived');
      expect(answer('delegate', 'comment.write', over)).toBe('archived');
      expect(answer('observer', 'draft.read', over)).toBe('yes');
      expect(answer('public', 'draft.read', over)).toBe('yes');
      expect(answer('facilitator', 'draft.manage', over)).toBe('yes');
    }
    for (const over of [{ draft: lifecycle('deleted') }, { process: lifecycle('deleted') }]) {
      for (const actor of ['facilitator', 'public'] as const)
        expect(answer(actor, 'draft.read', over)).toBe('deleted');
      expect(answer('facilitator', 'draft.manage', over)).toBe('yes');
    }
  });

  it('a facilitator of the process is one in each draft; others are what the draft says', () => {
    expect(roleInEffect('facilitator', 'none')).toBe('facilitator');
    expect(roleInEffect('observer', 'drafter')).toBe('drafter');
    expect(roleInEffect('drafter', 'observer')).toBe('observer');
    expect(roleInEffect('drafter', 'none')).toBeNull();
    expect(roleInEffect('delegate', null)).toBe('delegate');
  });
});

describe('rounds', () => {
  const before = round({ closesAt: '2031-03-05T22:00:00.000Z' });
  const during = round({ opensAt: '2031-03-09T14:00:00.000Z', closesAt: '2031-03-20T21:00:00.000Z' });
  const later = round({ opensAt: '2031-04-01T13:00:00.000Z' });

  it('bind delegates, and only them', () => {
    for (const action of ['comment.write', 'proposal.write'] as const) {
      expect(answer('delegate', action, { rounds: [before] })).toBe('closed');
      expect(answer('delegate', action, { rounds: [before, later] })).toBe('not-open-yet');
      expect(answer('delegate', action, { rounds: [before, during, later] })).toBe('yes');
      expect(answer('delegate', action, { rounds: [round({ [window(action)]: false })] })).toBe('no-round');
      expect(answer('delegate', action)).toBe('yes');
      expect(answer('drafter', action, { rounds: [before] })).toBe('yes');
      expect(answer('observer', action, { rounds: [during] })).toBe('role');
    }
  });

  const window = (action: 'comment.write' | 'proposal.write') =>
    action === 'comment.write' ? 'comments' : 'proposals';

  it('open at their first moment and are closed at their last', () => {
    const at = (moment: string) =>
      answer('delegate', 'comment.write', { rounds: [during], now: new Date(moment) });
    expect(at('2031-03-09T13:59:59.999Z')).toBe('not-open-yet');
    expect(at('2031-03-09T14:00:00.000Z')).toBe('yes');
    expect(at('2031-03-20T20:59:59.999Z')).toBe('yes');
    expect(at('2031-03-20T21:00:00.000Z')).toBe('closed');
  });

  it('say until when, since when and from when, in their time zone', () => {
    const verdict = (rounds: Round[]) => permission('delegate', 'comment.write', given({ rounds }));
    expect(verdict([during, round({ closesAt: '2031-03-12T10:00:00.000Z' })])).toMatchObject({
      allowed: true,
      until: { at: during.closesAt, timeZone: 'America/New_York' },
    });
    expect(verdict([during, round()])).toEqual({ allowed: true, until: null });
    const said = (rounds: Round[]) => {
      const answered = verdict(rounds);
      return answered.allowed ? '' : explain(answered.reason);
    };
    expect(said([before])).toBe('Comments have been closed since 5 March 2031, 17:00 GMT-5 (First round).');
    expect(said([later, round({ opensAt: '2031-05-01T13:00:00.000Z' })])).toBe(
      'Comments open on 1 April 2031, 09:00 GMT-4 (First round).',
    );
  });
});
