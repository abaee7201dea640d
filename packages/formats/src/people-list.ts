import Papa from 'papaparse';

/** One person of a pasted list, as written; nothing of it is checked yet. */
export interface ListedPerson {
  /** Line of the list, from 1. */
  line: number;
  /** The line as it stands, to show beside what is wrong with it. */
  text: string;
  name: string;
  email: string;
  organisation: string;
  role: string;
}

const COLUMNS: Record<'name' | 'email' | 'organisation' | 'role', readonly string[]> = {
  name: ['name', 'full name', 'person'],
  email: ['email', 'e-mail', 'mail', 'email address', 'address'],
  organisation: ['organisation', 'organization', 'delegation', 'affiliation', 'mission', 'country'],
  role: ['role'],
};

function columnOf(headers: readonly string[], column: keyof typeof COLUMNS): number {
  return headers.findIndex((header) => COLUMNS[column].includes(header.trim().toLowerCase()));
}

/** The part of an address before the @ as a name: "maria.lopez" is Maria Lopez. */
function nameFrom(email: string): string {
  return (email.split('@')[0] ?? '')
    .split(/[._+-]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

function readSheet(grid: readonly string[][], headerAt: number): ListedPerson[] {
  const headers = grid[headerAt] ?? [];
  const at = {
    name: columnOf(headers, 'name'),
    email: columnOf(headers, 'email'),
    organisation: columnOf(headers, 'organisation'),
    role: columnOf(headers, 'role'),
  };
  return grid.flatMap((cells, index) => {
    if (index <= headerAt || cells.every((cell) => cell.trim() === '')) return [];
    const cell = (column: keyof typeof at): string => cells[at[column]]?.trim() ?? '';
    const email = cell('email');
    return [
      {
        line: index + 1,
        text: cells.join(', '),
        name: cell('name') || nameFrom(email),
        email,
        organisation: cell('organisation'),
        role: cell('role').toLowerCase(),
      },
    ];
  });
}

/** `Name <address>, Organisation, role`; the organisation may hold commas, the role stands last. */
function readLine(raw: string, line: number): ListedPerson {
  const text = raw.trim();
  const named = /^(.*?)<([^<>]*)>\s*[,;\t]?(.*)$/.exec(text);
  const [head = '', ...tail] = text.split(/[,;\t]/);
  const name = named?.[1]?.trim().replace(/^"(.*)"$/, '$1') ?? '';
  const email = (named ? named[2] : head)?.trim() ?? '';
  const parts = (named ? (named[3] ?? '').split(/[,;\t]/) : tail).map((part) => part.trim());
  const role = parts.pop()?.toLowerCase() ?? '';
  const organisation = parts.filter(Boolean).join(', ');
  return { line, text, name: name || nameFrom(email), email, organisation, role };
}

/**
 * Reads a pasted list of people: a line each as `Name <address>, Organisation, role`, or CSV with a header row that
 * names at least `email`.
 */
export function readPeopleList(text: string): ListedPerson[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const header = lines[first] ?? '';
  const { delimiter } = Papa.parse<string[]>(header, { delimitersToGuess: [',', ';', '\t'] }).meta;
  const cells = Papa.parse<string[]>(header, { delimiter }).data[0] ?? [];
  if (columnOf(cells, 'email') >= 0) {
    const grid = Papa.parse<string[]>(lines.join('\n'), { delimiter, skipEmptyLines: false }).data;
    return readSheet(grid, first);
  }
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]));
}
