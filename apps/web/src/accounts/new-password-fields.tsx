import { newPassword, PASSWORD_MIN } from '@zerodraft/contract';
import { z } from 'zod';
import { PasswordField } from '../ui/field.tsx';
import type { FieldErrors } from '../ui/use-form.ts';

/** A new password that was typed twice alike. */
export const passwordTwice = { password: newPassword, repeated: z.string() };
export const alike = ({ password, repeated }: { password: string; repeated: string }): boolean =>
  password === repeated;
export const ALIKE_PROBLEM = { error: 'This is not the same password again.', path: ['repeated'] };

/** The two fields of a new password. */
export function NewPasswordFields({ errors }: { errors: FieldErrors }) {
  return (
    <>
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        hint={`At least ${PASSWORD_MIN} characters; several words in a row are easy to remember. Common passwords are refused.`}
        error={errors.password}
      />
      <PasswordField
        label="The same again"
        name="repeated"
        autoComplete="new-password"
        error={errors.repeated}
      />
    </>
  );
}
