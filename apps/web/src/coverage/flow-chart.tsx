import { Link } from '@tanstack/react-router';
import { Sankey } from '@visx/sankey';
import type { Flow, FlowDiagram, Level } from '@zerodraft/trace';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FlowSource } from './coverage-search.ts';
import { headingName, nameOf } from './labels.ts';
import { useCounted } from './use-counted.ts';

interface Props {
  diagram: FlowDiagram;
  by: FlowSource;
  level: Level;
}

/** Pixels. */
const NODE = 12;
const GAP = 14;
const LABEL = 250;
const MIN_WIDTH = 780;

interface Node {
  id: string;
  name: string;
  links: number;
  side: 'left' | 'right';
  rank: number;
}
interface Ribbon {
  source: string;
  target: string;
  value: number;
  flow: Flow;
}

const idOf = (side: 'left' | 'right', value: string | null): string => `${side} ${value ?? '\u0000'}`;

/** The width that an element has on the screen. */
function useWidth() {
  const ref = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(MIN_WIDTH);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(MIN_WIDTH, Math.floor(entry?.contentRect.width ?? 0))),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

const shorten = (name: string): string => (name.length > 28 ? `${name.slice(0, 27).trimEnd()}…` : name);

/** A node's name and number beside it: what a colour would have to say. */
function NodeLabel({ node, x, y }: { node: Node; x: number; y: number }) {
  return (
    <text
      x={node.side === 'left' ? x - 8 : x + NODE + 8}
      y={y}
      dy="0.35em"
      textAnchor={node.side === 'left' ? 'end' : 'start'}
    >
      <title>{node.name}</title>
      {shorten(node.name)} <tspan className="flow-number">{node.links}</tspan>
    </text>
  );
}

/**
 * How links run from who proposed to where it stands. Every node bears its name and number; the ribbons are walked with the
 * arrow keys, and the one that has the focus or the pointer is told in words below.
 */
export function FlowChart({ diagram, by, level }: Props) {
  const { draftId } = useCounted();
  const { ref, width } = useWidth();
  const [current, setCurrent] = useState(0);
  const [told, setTold] = useState<number | null>(null);
  const ribbons = useRef<(SVGElement | null)[]>([]);
  const { flows, sources, headings, together } = diagram;
  const nameFrom = (value: string | null): string =>
    value === null ? `${together.length} others` : nameOf(by, value);
  const titles = new Map(headings.map((heading) => [heading.id, headingName(heading)]));
  const words = ({ from, to, links, recommendations }: Flow): string =>
    `${nameFrom(from)} to ${titles.get(to) ?? ''}: ${links} ${links === 1 ? 'link' : 'links'} of ${recommendations} ${recommendations === 1 ? 'recommendation' : 'recommendations'}`;
  const nodes: Node[] = [
    ...sources.map(({ value, links }, rank) => ({
      rank,
      id: idOf('left', value),
      name: nameFrom(value),
      links,
      side: 'left' as const,
    })),
    ...headings.map(({ id, links, ...heading }, rank) => ({
      rank,
      id: idOf('right', id),
      name: headingName(heading),
      links,
      side: 'right' as const,
    })),
  ];
  const root = {
    nodes,
    links: flows.map(
      (flow): Ribbon => ({
        source: idOf('left', flow.from),
        target: idOf('right', flow.to),
        value: flow.links,
        flow,
      }),
    ),
  };
  const height = Math.max(280, Math.max(sources.length, headings.length) * 34);
  const at = Math.min(current, flows.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const next =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? flows.length - 1
          : step === undefined
            ? null
            : at + step;
    if (next === null) return;
    event.preventDefault();
    const to = (next + flows.length) % flows.length;
    setCurrent(to);
    ribbons.current[to]?.focus();
  };
  const shown = told === null ? null : flows[told];
  return (
    <section ref={ref} className="flow-chart" aria-label="Flows: the arrow keys go from one to the next">
      <div className="scroll-x">
        <svg width={width} height={height}>
          <title>Flows of links</title>
          <Sankey<Node, Ribbon>
            root={root}
            nodeId={({ id }) => id}
            nodeWidth={NODE}
            nodePadding={GAP}
            extent={[
              [LABEL, 8],
              [width - LABEL, height - 8],
            ]}
            // Sources as they are ranked, headings as they stand in the draft.
            nodeSort={(a, b) => a.rank - b.rank}
          >
            {({ graph, createPath }) => (
              <>
                {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the ribbons within. */}
                <g onKeyDown={onKeyDown}>
                  {graph.links.map((link, index) => {
                    const ribbon = {
                      d: createPath(link) ?? '',
                      strokeWidth: Math.max(1.5, link.width ?? 0),
                    };
                    const shared = {
                      'aria-label': words(link.flow),
                      tabIndex: index === at ? 0 : -1,
                      className: 'flow-ribbon',
                      'data-told': index === told || undefined,
                      onFocus: () => {
                        setCurrent(index);
                        setTold(index);
                      },
                      onBlur: () => setTold(null),
                      onPointerEnter: () => setTold(index),
                      onPointerLeave: () => setTold(null),
                    };
                    const { from, to } = link.flow;
                    const list = { ...(from === null ? { others: by } : { [by]: from }), under: to, level };
                    return (
                      <Link
                        key={`${from}/${to}`}
                        from="/drafts/$draftId/coverage"
                        to="/drafts/$draftId/coverage"
                        params={{ draftId }}
                        search={(before) => ({ ...before, list })}
                        resetScroll={false}
                        ref={(element: SVGElement | HTMLElement | null) => {
                          ribbons.current[index] = element instanceof SVGElement ? element : null;
                        }}
                        {...shared}
                      >
                        <path {...ribbon} />
                      </Link>
                    );
                  })}
                </g>
                <g>
                  {graph.nodes.map((node) => (
                    <g key={node.id}>
                      <rect
                        className="flow-node"
                        x={node.x0}
                        y={node.y0}
                        width={NODE}
                        height={Math.max(1, (node.y1 ?? 0) - (node.y0 ?? 0))}
                      />
                      <NodeLabel node={node} x={node.x0 ?? 0} y={((node.y0 ?? 0) + (node.y1 ?? 0)) / 2} />
                    </g>
                  ))}
                </g>
              </>
            )}
          </Sankey>
        </svg>
      </div>
      <p className="flow-words">
        {shown
          ? words(shown)
          : 'Point at a flow, or go from one to the next with the arrow keys; Enter opens its list.'}
      </p>
    </section>
  );
}
