import { describe, expect, it } from 'vitest';
import { readPeopleList } from './people-list.ts';

const brief = (text: string) =>
  readPeopleList(text).map(({ line, name, email, organisation, role }) =>
    [line, name, email, organisation, role].join(' | '),
  );

describe('a pasted list of people', () => {
  it('is a line each: name, address, organisation, role', () => {
    expect(
      brief(
        'Maria Lopez <maria@mission.example>, Mission of Atlantis, delegate\r\n\n"Lopez, Ana" <ana@x.example>; Ministry of Sea; Observer\njo.na-s@y.example, A, B and C, delegate',
      ),
    ).toEqual([
      '1 | Maria Lopez | maria@mission.example | Mission of Atlantis | delegate',
      '3 | Lopez, Ana | ana@x.example | Ministry of Sea | observer',
      '4 | Jo Na S | jo.na-s@y.example | A, B and C | delegate',
    ]);
  });

  it('keeps what it cannot understand for whoever checks it', () => {
    expect(brief('nobody\nx@y.example')).toEqual(['1 | Nobody | nobody |  | ', '2 | X | x@y.example |  | ']);
  });

  it.each([',', ';', '\t'])('is CSV when its first line names the columns, divided by %j', (divider) => {
    const rows = [
      ['E-mail', 'Delegation', 'ROLE', 'Name'],
      ['a@x.example', '"Isle, of"', 'Delegate', 'A B'],
      [],
      ['b@x.example'],
    ];
    expect(brief(`\ufeff${rows.map((row) => row.join(divider)).join('\n')}\n`)).toEqual([
      '2 | A B | a@x.example | Isle, of | delegate',
      '4 | B | b@x.example |  | ',
    ]);
  });
});
