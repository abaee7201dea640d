import type { FlowDiagram, Grouping, Level } from '@zerodraft/trace';
import { useState } from 'react';
import { headingName, nameOf } from './labels.ts';
import { NumberLink } from './number-link.tsx';
import { FIRST } from './uptake-view.tsx';

/** The numbers of the diagram: links by where they come from and where they stand, nothing put together. */
export function FlowTable({ diagram, by, level }: { diagram: FlowDiagram; by: Grouping; level: Level }) {
  const { flows, sources, headings } = diagram;
  const [all, setAll] = useState(false);
  const sum = sources.reduce((total, { links: n }) => total + n, 0);
  const links = new Map(flows.map((flow) => [`${flow.from}/${flow.to}`, flow.links]));
  return (
    <>
      <div className="scroll-x">
        <table className="count-table flow-table">
          <caption>Links from each to each</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              {headings.map((heading) => (
                <th key={heading.id} scope="col" className="number">
                  {headingName(heading)}
                </th>
              ))}
              <th scope="col" className="number">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? sources : sources.slice(0, FIRST)).map(({ value, links: total }) => {
              const name = nameOf(by, value ?? '');
              return (
                <tr key={value}>
                  <th scope="row">{name}</th>
                  {headings.map((heading) => {
                    const count = links.get(`${value}/${heading.id}`);
                    const where = headingName(heading);
                    return (
                      <td key={heading.id} className="number">
                        {count ? (
                          <NumberLink
                            selection={{ [by]: value ?? '', under: heading.id, level }}
                            label={`${count} links: ${name} to ${where}`}
                          >
                            {count}
                          </NumberLink>
                        ) : (
                          <span className="muted">0</span>
                        )}
                      </td>
                    );
                  })}
                  <td className="number">
                    <NumberLink
                      selection={{ [by]: value ?? '', state: 'linked' }}
                      label={`${total} links: ${name} to all`}
                    >
                      {total}
                    </NumberLink>
                  </td>
                </tr>
              );
            })}
            <tr>
              <th scope="row">All</th>
              {headings.map((heading) => (
                <td key={heading.id} className="number">
                  <NumberLink
                    selection={{ under: heading.id, level }}
                    label={`${heading.links} links: all to ${headingName(heading)}`}
                  >
                    {heading.links}
                  </NumberLink>
                </td>
              ))}
              <td className="number">
                <NumberLink selection={{ state: 'linked' }} label={`${sum} links in all`}>
                  {sum}
                </NumberLink>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      {sources.length > FIRST && (
        <button type="button" className="button" onClick={() => setAll(!all)}>
          {all ? `Show the first ${FIRST}` : `Show all ${sources.length}`}
        </button>
      )}
    </>
  );
}
