import { useMutation } from '@tanstack/react-query';
import { type Deposit, type SplitPart, splitPart } from '@zerodraft/contract';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextAreaField, TextField } from '../ui/field.tsx';

interface Draft {
  key: number;
  title: string;
  text: string;
}

/** Parts that the server takes at most. */
const MAX_PARTS = 20;

/** A part for each paragraph, as far as there are some; else the whole text and an empty one. */
function firstParts({ title, text }: Deposit): Draft[] {
  const paragraphs = text.split(/\n\s*\n|\n/).filter((paragraph) => paragraph.trim() !== '');
  // All of the text is in a part: what is over stays together in the last.
  const rest = paragraphs.slice(MAX_PARTS - 1).join('\n\n');
  const texts =
    paragraphs.length > 1 ? [...paragraphs.slice(0, MAX_PARTS - 1), rest].filter(Boolean) : [text, ''];
  return texts.map((each, index) => ({ key: index, title: index === 0 ? title : '', text: each }));
}

interface Props {
  deposit: Deposit;
  send: (parts: SplitPart[]) => Promise<unknown>;
  onClose: () => void;
}

/** Makes several recommendations of one deposit. */
export function SplitDialog({ deposit, send, onClose }: Props) {
  const [parts, setParts] = useState(() => firstParts(deposit));
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const sending = useMutation({ mutationFn: send, onSuccess: onClose });
  const change = (key: number, values: Partial<Draft>): void =>
    setParts(parts.map((part) => (part.key === key ? { ...part, ...values } : part)));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const { kind, themes, dimensions, language: _language } = deposit;
    const found = new Map<string, string>();
    const checked: SplitPart[] = [];
    for (const { key, title, text } of parts) {
      const parsed = splitPart.safeParse({ title, text, kind, themes, dimensions });
      if (parsed.success) checked.push(parsed.data);
      for (const { path, message } of parsed.error?.issues ?? [])
        found.set(`${key} ${String(path[0])}`, message);
    }
    setErrors(found);
    if (found.size === 0 && !sending.isPending) sending.mutate(checked);
  };
  return (
    <Modal
      wide
      title="Split"
      lead="Each part becomes a recommendation of its own, classified as the deposit is."
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="form split-parts" noValidate>
        {parts.map(({ key, title, text }, index) => (
          <fieldset key={key}>
            <legend>Part {index + 1}</legend>
            <TextField
              label="Title"
              dir="auto"
              lang={deposit.language}
              value={title}
              error={errors.get(`${key} title`)}
              onChange={({ target }) => change(key, { title: target.value })}
            />
            <TextAreaField
              label="Text"
              dir="auto"
              lang={deposit.language}
              value={text}
              error={errors.get(`${key} text`)}
              onChange={({ target }) => change(key, { text: target.value })}
            />
            {parts.length > 2 && (
              <button
                type="button"
                className="icon-button"
                aria-label={`Remove part ${index + 1}`}
                onClick={() => setParts(parts.filter((part) => part.key !== key))}
              >
                <X size={16} aria-hidden="true" />
              </button>
            )}
          </fieldset>
        ))}
        {parts.length < MAX_PARTS && (
          <button
            type="button"
            className="button"
            onClick={() =>
              setParts([...parts, { key: Math.max(...parts.map(({ key }) => key)) + 1, title: '', text: '' }])
            }
          >
            <Plus size={15} aria-hidden="true" /> Another part
          </button>
        )}
        <Problem>{sending.error?.message}</Problem>
        <DialogFoot action="Split" pending={sending.isPending} onClose={onClose} />
      </form>
    </Modal>
  );
}
