import { PASSWORD_MAX, PASSWORD_MIN } from '@zerodraft/contract';
import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON = new Set(dictionary['passwords-common']);
/** Different characters below which a password is a pattern. */
const MIN_DIFFERENT = 5;

/** What remains of a password without the digits and marks that people put around a word. */
function core(password: string): string {
  return password.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
}

function halves(text: string): string | null {
  const half = text.slice(0, text.length / 2);
  return text.length % 2 === 0 && half + half === text ? half : null;
}

/** Whether many people use a password: as it is, with digits or marks around it, or twice in a row. */
function isCommon(password: string, own: ReadonlySet<string>): boolean {
  const whole = password.toLowerCase();
  const known = (text: string | null): boolean => text !== null && (COMMON.has(text) || own.has(text));
  return (
    new Set(whole).size < MIN_DIFFERENT ||
    known(whole) ||
    known(core(whole)) ||
    known(halves(whole)) ||
    known(halves(core(whole)))
  );
}

interface PasswordProblem {
  code: 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | 'PASSWORD_COMMON';
  message: string;
}

/**
 * What is wrong with a new password; null when nothing is. Length and a list of common ones are the whole rule.
 * @param email its owner's address, whose name part is no password
 */
export function passwordProblem(password: string, email: string | null): PasswordProblem | null {
  if (password.length < PASSWORD_MIN)
    return { code: 'PASSWORD_TOO_SHORT', message: `A password has at least ${PASSWORD_MIN} characters.` };
  if (password.length > PASSWORD_MAX)
    return { code: 'PASSWORD_TOO_LONG', message: `A password has at most ${PASSWORD_MAX} characters.` };
  const own = new Set(['zerodraft', ...(email ? [email, email.split('@')[0] ?? email] : [])]);
  if (!isCommon(password, own)) return null;
  return {
    code: 'PASSWORD_COMMON',
    message: 'Many people use this password, or one like it. Choose another; a few unrelated words do well.',
  };
}
