import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { call, message } from './api';
import { Trouble } from './parts';

interface Sample {
  number: number;
  at: number;
  sockets: number;
  connections: number;
  calls: number;
  counts: { requests: number; errors: number; messages: number; signals: number; calls: number };
}

interface Figures {
  totals: Sample['counts'];
  samples: Sample[];
}

const KEPT = 300;
const EVERY_MILLIS = 1000;

interface Kind {
  title: string;
  unit: string;
  colour: string;
  value: (sample: Sample) => number;
  total?: (totals: Sample['counts']) => number;
}

const KINDS: Kind[] = [
  { title: 'Connections', unit: 'now', colour: '--plot-1', value: (s) => s.connections },
  { title: 'Messages', unit: 'per second', colour: '--plot-2', value: (s) => s.counts.messages, total: (t) => t.messages },
  { title: 'Calls', unit: 'now', colour: '--plot-3', value: (s) => s.calls, total: (t) => t.calls },
  { title: 'Errors', unit: 'per second', colour: '--plot-4', value: (s) => s.counts.errors, total: (t) => t.errors },
];

/** Asks for what is new, once a second, and keeps five minutes of it. */
function useFigures() {
  const [figures, setFigures] = useState<Figures | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    let timer = 0;
    let last = 0;
    let samples: Sample[] = [];
    const ask = async () => {
      if (!document.hidden || last === 0) {
        try {
          const news = await call<Figures>('GET', `figures?since=${last}`, undefined, last > 0);
          if (over) {
            return;
          }
          samples = [...samples, ...news.samples].slice(-KEPT);
          last = samples.at(-1)?.number ?? 0;
          setFigures({ totals: news.totals, samples });
          setTrouble(null);
        } catch (e) {
          if (over) {
            return;
          }
          // After a restart the numbers begin again.
          last = 0;
          samples = [];
          setTrouble(message(e));
        }
      }
      timer = window.setTimeout(ask, EVERY_MILLIS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, []);
  return { figures, trouble };
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const clock = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

function draw(kind: Kind, into: HTMLElement): uPlot {
  const line = colour(kind.colour);
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
  return new uPlot(
    {
      width: Math.max(200, into.clientWidth),
      height: 130,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 4, 0, 0],
      scales: { x: { range: (_u, _min, max) => [(max ?? 0) - KEPT * (EVERY_MILLIS / 1000), max ?? 0] }, y: { range: (_u, _min, max) => [0, Math.max(4, Math.ceil((max ?? 0) * 1.15))] } },
      axes: [
        { ...axis, grid: { show: false }, size: 24, space: 80, values: (_u, ticks) => ticks.map(clock) },
        { ...axis, size: 38, space: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
      ],
      series: [{}, { stroke: line, width: 2, fill: `${line}22`, points: { show: false } }],
    },
    [[], []],
    into,
  );
}

function Plot({ kind, figures }: { kind: Kind; figures: Figures }) {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  useEffect(() => {
    const into = box.current!;
    let drawn = draw(kind, into);
    setPlot(drawn);
    const redraw = () => {
      drawn.destroy();
      drawn = draw(kind, into);
      setPlot(drawn);
    };
    const sized = new ResizeObserver(() => drawn.setSize({ width: Math.max(200, into.clientWidth), height: 130 }));
    sized.observe(into);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', redraw);
    addEventListener('themechange', redraw);
    return () => {
      sized.disconnect();
      system.removeEventListener('change', redraw);
      removeEventListener('themechange', redraw);
      drawn.destroy();
    };
  }, [kind]);
  const values = useMemo(() => figures.samples.map(kind.value), [figures, kind]);
  useEffect(() => {
    plot?.setData([figures.samples.map((s) => s.at / 1000), values]);
  }, [plot, values, figures]);
  const now = values.at(-1) ?? 0;
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  const total = kind.total?.(figures.totals);
  return (
    <figure class="card plot">
      <figcaption>
        <span>{kind.title}</span>
        <strong>{now.toLocaleString('en')}</strong>
        <span class="hint">
          {kind.unit}
          {total === undefined ? '' : ` · ${total.toLocaleString('en')} since the start`}
        </span>
      </figcaption>
      <div ref={box} role="img" aria-label={`${kind.title} ${kind.unit}: ${now}; the highest in five minutes was ${highest}`} />
    </figure>
  );
}

export function Plots() {
  const { figures, trouble } = useFigures();
  return (
    <section aria-label="Live figures">
      <Trouble text={trouble} />
      <div class="plots">{KINDS.map((kind) => figures && <Plot key={kind.title} kind={kind} figures={figures} />)}</div>
    </section>
  );
}
