import type { Bin } from '../analysis/connections/histogram.ts';
import { escaped } from './markup.ts';

const WIDTH = 720;
const LEFT = 46;
const RIGHT = 12;
const TOP = 14;
const HISTOGRAM_HEIGHT = 180;
const STRIP_HEIGHT = 72;
const BOTTOM = 34;
const TICKS = 5;
const FONT = 'font-family="system-ui, sans-serif" font-size="11" fill="#444"';

/** How numbers along an axis are written. */
export type AxisText = (value: number) => string;

/**
 * A histogram as SVG, which stands alone as a file and inside a page: bars from 0, the axis marked at edges of bins.
 * `title` is what a screen reader says.
 */
export function histogramSvg(bins: readonly Bin[], title: string, axisText: AxisText): string {
  const height = TOP + HISTOGRAM_HEIGHT + BOTTOM;
  const most = bins.reduce((largest, { count }) => Math.max(largest, count), 1);
  const inner = WIDTH - LEFT - RIGHT;
  const placeOf = (index: number): number => LEFT + (inner * index) / Math.max(1, bins.length);
  const base = TOP + HISTOGRAM_HEIGHT;
  const bars = bins.map(({ count }, index) => {
    const tall = (HISTOGRAM_HEIGHT * count) / most;
    if (count === 0) return '';
    return (
      `<rect x="${fixed(placeOf(index))}" y="${fixed(base - tall)}" ` +
      `width="${fixed(Math.max(0.5, inner / bins.length - 1))}" height="${fixed(tall)}" fill="#33607d"/>`
    );
  });
  const step = Math.max(1, Math.ceil(bins.length / TICKS));
  const edges = bins.flatMap(({ from }, index) => (index % step === 0 ? [{ index, value: from }] : []));
  const last = bins.at(-1);
  if (last !== undefined && bins.length % step === 0) edges.push({ index: bins.length, value: last.to });
  return svg(WIDTH, height, title, [
    ...bars,
    line(LEFT, base, WIDTH - RIGHT, base),
    ...edges.map(({ index, value }) => text(placeOf(index), base + 18, 'middle', axisText(value))),
    text(LEFT - 6, TOP + 8, 'end', String(most)),
    text(LEFT - 6, base, 'end', '0'),
  ]);
}

/** When things happened between two times, as SVG: a mark where at least one did. */
export function timelineSvg(
  timesMs: Float64Array,
  fromMs: number,
  toMs: number,
  title: string,
  axisText: AxisText,
): string {
  const inner = WIDTH - LEFT - RIGHT;
  const span = Math.max(1, toMs - fromMs);
  const base = TOP + STRIP_HEIGHT;
  const columns = new Set<number>();
  for (const ms of timesMs) {
    if (ms >= fromMs && ms <= toMs) columns.add(Math.floor((inner * (ms - fromMs)) / span));
  }
  const marks = [...columns]
    .sort((a, b) => a - b)
    .map((column) => {
      return `<rect x="${LEFT + column}" y="${TOP}" width="1.5" height="${STRIP_HEIGHT}" fill="#33607d"/>`;
    });
  const ticks = Array.from({ length: 3 }, (_, index) => {
    const anchor = ['start', 'middle', 'end'][index];
    return text(LEFT + (inner * index) / 2, base + 18, anchor, axisText(fromMs + (span * index) / 2));
  });
  return svg(WIDTH, base + BOTTOM, title, [...marks, line(LEFT, base, WIDTH - RIGHT, base), ...ticks]);
}

function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}">` +
    `<title>${escaped(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>`
  );
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#888"/>`;
}

function text(x: number, y: number, anchor: string, content: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" ${FONT}>${escaped(content)}</text>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
