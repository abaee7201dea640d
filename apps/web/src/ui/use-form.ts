import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';

/** What is wrong in each field, by its name. */
export type FieldErrors = Readonly<Record<string, string>>;

interface Options<Shape extends z.ZodType, Result> {
  shape: Shape;
  /** Puts the form's fields into the shape to be checked; by default each under its own name. */
  gather?: (form: FormData) => unknown;
  send: (values: z.infer<Shape>) => Promise<Result>;
  onDone?: (result: Result, values: z.infer<Shape>) => void;
}

function byName(form: FormData): unknown {
  return Object.fromEntries(form.entries());
}

/**
 * A form that is checked by the shape the server checks too, and sent once it fits. The first field that does not
 * fit takes the focus; what the server refuses stands in `problem`.
 */
export function useForm<Shape extends z.ZodType, Result>({
  shape,
  gather = byName,
  send,
  onDone,
}: Options<Shape, Result>) {
  const [errors, setErrors] = useState<FieldErrors>({});
  const sending = useMutation({ mutationFn: send, onSuccess: onDone });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // A dialog stands in the page's React tree: its form is not the form around it.
    event.stopPropagation();
    const form = event.currentTarget;
    const parsed = shape.safeParse(gather(new FormData(form)));
    if (!parsed.success) {
      const found: Record<string, string> = {};
      for (const { path, message } of parsed.error.issues) found[String(path[0] ?? '')] ??= message;
      setErrors(found);
      for (const element of form.elements) {
        if (element instanceof HTMLElement && found[element.getAttribute('name') ?? '']) {
          element.focus();
          break;
        }
      }
      return;
    }
    setErrors({});
    if (!sending.isPending) sending.mutate(parsed.data);
  };
  return {
    errors,
    /** What the server refused, or what fits no single field. */
    problem: errors[''] ?? sending.error?.message ?? '',
    pending: sending.isPending,
    onSubmit,
  };
}
