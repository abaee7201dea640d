import { type Changed, compareTexts, type Piece } from '@zerodraft/trace';
import { Fragment } from 'react';
import { runsOf } from './comparison-runs.ts';

/** Characters of unchanged text that are shown on each side of a change. */
const BESIDE = 90;

/** What stays the same matters by its ends alone. */
function shortened({ text }: Piece, isFirst: boolean, isLast: boolean): string {
  const [before, behind] = [isFirst ? 0 : BESIDE, isLast ? 0 : BESIDE];
  if (text.length <= before + behind + 40) return text;
  return `${text.slice(0, before)} … ${behind === 0 ? '' : text.slice(-behind)}`;
}

/** A text then and now, word by word: what went struck through, what came underlined, both said in words as well. */
export function ComparedText({ was, is }: Changed) {
  const pieces = runsOf(compareTexts(was, is).pieces);
  return (
    <p className="compared" dir="auto">
      {pieces.map((piece, at) => {
        const { kind, text } = piece;
        if (kind === 'same')
          return <Fragment key={at}>{shortened(piece, at === 0, at === pieces.length - 1)}</Fragment>;
        const Mark = kind === 'gone' ? 'del' : 'ins';
        return (
          <Mark key={at}>
            <span className="visually-hidden">{kind === 'gone' ? ' [was: ' : ' [is now: '}</span>
            {text}
            <span className="visually-hidden">] </span>
          </Mark>
        );
      })}
    </p>
  );
}

/** A recommendation's wording is its title and its text: each is compared with its own. */
export function ComparedWording({ was, is }: Changed) {
  const [before, now] = [parts(was), parts(is)];
  return (
    <>
      {before.title !== now.title && <ComparedText was={before.title} is={now.title} />}
      {before.text !== now.text && <ComparedText was={before.text} is={now.text} />}
    </>
  );
}

function parts(wording: string): { title: string; text: string } {
  const at = wording.indexOf('\n');
  return at < 0 ? { title: wording, text: '' } : { title: wording.slice(0, at), text: wording.slice(at + 1) };
}
