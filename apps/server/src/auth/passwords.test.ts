import { describe, expect, it } from 'vitest';
import { passwordProblem } from './passwords.ts';

describe('new passwords', () => {
  it('are long enough and not too long', () => {
    expect(passwordProblem('short enough', null)).toBeNull();
    expect(passwordProblem('11 letters!', null)?.code).toBe('PASSWORD_TOO_SHORT');
    expect(passwordProblem('ab c'.repeat(40), null)?.code).toBe('PASSWORD_TOO_LONG');
  });

  it.each([
    '1qaz2wsx3edc',
    'QWERTY123456',
    'password2024!',
    '!!Football2018',
    'passwordpassword',
    'dragondragon99',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
    'zerodraft-2031',
    'maria.lopez.77',
  ])('are not what many people use: %s', (password) => {
    expect(passwordProblem(password, 'maria.lopez@mission.example')?.code).toBe('PASSWORD_COMMON');
  });

  it.each(['dolphin harbour nine', 'Tr0ub4dor&3-and-more', 'läuft nach Genf im März'])(
    'may be anything else: %s',
    (password) => {
      expect(passwordProblem(password, 'maria.lopez@mission.example')).toBeNull();
    },
  );
});
