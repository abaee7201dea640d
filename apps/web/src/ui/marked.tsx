import { MARK_END, MARK_START } from '@zerodraft/contract';
import { Fragment } from 'react';

/** Text with the words found marked; the marks come as private-use characters, never as markup. */
export function Marked({ text }: { text: string }) {
  const parts = text.split(new RegExp(`${MARK_START}([^${MARK_END}]*)${MARK_END}`));
  let offset = 0;
  return parts.map((part, index) => {
    const key = offset;
    offset += part.length + 1;
    return index % 2 === 1 ? <mark key={key}>{part}</mark> : <Fragment key={key}>{part}</Fragment>;
  });
}
