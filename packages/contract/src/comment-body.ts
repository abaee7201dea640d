/** A piece of a comment's text: plain, or a reference to somebody or something that is shown by its present name. */
export type BodyPart =
  | { kind: 'text'; text: string }
  | { kind: 'person' | 'organisation' | 'clause' | 'recommendation'; id: string };

export type Reference = Exclude<BodyPart, { kind: 'text' }>;

const SIGNS: Record<Reference['kind'], string> = {
  person: '@',
  organisation: '@',
  clause: '#',
  recommendation: '&',
};
const TOKEN =
  /(@)\[(person|organisation):([^\]\n]{1,120})\]|(#)\[(clause):([^\]\n]{1,64})\]|(&)\[(recommendation):([^\]\n]{1,64})\]/g;

function isReferenceKind(kind: string): kind is Reference['kind'] {
  return kind in SIGNS;
}

/** The token that stands for a reference in a comment's text, as `@[person:ID]`. */
export function token({ kind, id }: Reference): string {
  return `${SIGNS[kind]}[${kind}:${id}]`;
}

/** A comment's text in its parts; what is no token is text. */
export function bodyParts(body: string): BodyPart[] {
  const parts: BodyPart[] = [];
  let end = 0;
  for (const match of body.matchAll(TOKEN)) {
    const [kind = '', id = ''] = [match[2] ?? match[5] ?? match[8], match[3] ?? match[6] ?? match[9]];
    if (!isReferenceKind(kind)) continue;
    if (match.index > end) parts.push({ kind: 'text', text: body.slice(end, match.index) });
    parts.push({ kind, id });
    end = match.index + match[0].length;
  }
  if (end < body.length) parts.push({ kind: 'text', text: body.slice(end) });
  return parts;
}
