import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Report } from '../../analysis/report/report.ts';
import { formatDuration } from '../../analysis/durations.ts';
import {
  type Brush,
  brushAfter,
  brushBetween,
  type BrushEnd,
  brushOf,
  rangeOf,
  sliceStartMs,
} from '../../state/time-brush.ts';
import { skylinePath } from '../charts/shapes.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { formatCount } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import { rangeWords } from './range-words.ts';
import buttonStyles from '../controls/button.module.css';
import styles from './time-brush.module.css';

const HEIGHT = 24;
/** A key held down moves an end many times: the lists follow once it rests. */
const REST_MS = 350;
/** A press that moves less than this, CSS pixels, chooses nothing. */
const LEAST_DRAG = 3;
const ENDS = ['from', 'to'] as const;

/** The packets of the whole span in equal slices, one line high, of which a part of the time can be chosen. */
export function TimeBrush() {
  const { report } = useReport();
  const { lookAt } = useActions();
  const timeZone = useTimeZone();
  const strip = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; anchor: number } | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** What is being chosen, until the report has it. */
  const [draft, setDraft] = useState<{ brush: Brush; of: Report } | null>(null);
  useEffect(() => () => clearTimeout(rest.current), []);
  const counts = report.packetsOverTime;
  const slices = counts.length;
  if (slices === 0) return null;

  const brush = draft?.of === report ? draft.brush : brushOf(report);
  const choose = (next: Brush, afterMs: number): void => {
    setDraft({ brush: next, of: report });
    clearTimeout(rest.current);
    rest.current = setTimeout(() => lookAt(rangeOf(report, next)), afterMs);
  };
  const clear = (): void => choose({ from: 0, to: slices }, 0);

  const placeOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = strip.current!.getBoundingClientRect();
    return (clientX - left) / width;
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const end = ENDS.find((name) => event.target instanceof HTMLElement && event.target.dataset.end === name);
    const anchor = end === undefined ? placeOf(event) : brush[end === 'from' ? 'to' : 'from'] / slices;
    drag.current = { x: event.clientX, anchor };
    strip.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === null || Math.abs(event.clientX - current.x) < LEAST_DRAG) return;
    setDraft({ brush: brushBetween(current.anchor, placeOf(event), slices), of: report });
  };
  const finish = (): void => {
    const isChosen = drag.current !== null && draft?.of === report;
    drag.current = null;
    if (!isChosen) return;
    choose(brush, 0);
    // So that Escape clears at once what was chosen by the mouse.
    strip.current?.querySelector<HTMLElement>('[data-end=to]')?.focus({ preventScroll: true });
  };
  const press = (event: KeyboardEvent, end: BrushEnd): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      if (brush.from === 0 && brush.to === slices) return;
      clear();
    } else {
      const next = brushAfter(event.key, brush, end, slices);
      if (next === null) return;
      choose(next, REST_MS);
    }
    event.preventDefault();
  };

  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const what = report.packets === 0 ? 'flows' : 'packets';
  const title =
    `${what === 'flows' ? 'Starts of flows' : 'Packets'} over time: ${formatCount(slices)} slices of ` +
    `${formatDuration(report.sliceMs)}, at most ${formatCount(most)} ${what} in one`;
  const chosen = rangeOf(report, brush);
  return (
    <div className={styles.brush} role="group" aria-label="Time looked at">
      <div
        className={styles.strip}
        ref={strip}
        title={`${title}. Drag to look at a part of the time`}
        data-testid="time-strip"
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={finish}
        onPointerCancel={finish}
      >
        <svg viewBox={`0 0 ${slices} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={title}>
          <path d={skylinePath(counts, 0, slices, 1, HEIGHT)} />
        </svg>
        <span className={styles.veil} style={{ left: 0, width: `${(brush.from / slices) * 100}%` }} />
        <span className={styles.veil} style={{ right: 0, width: `${(1 - brush.to / slices) * 100}%` }} />
        {ENDS.map((end) => (
          <div
            key={end}
            className={styles.handle}
            style={{ left: `${(brush[end] / slices) * 100}%` }}
            data-end={end}
            role="slider"
            tabIndex={0}
            aria-label={end === 'from' ? 'Look at the time from' : 'Look at the time to'}
            aria-valuemin={0}
            aria-valuemax={slices}
            aria-valuenow={brush[end]}
            aria-valuetext={exactTime(sliceStartMs(report, brush[end]), timeZone)}
            onKeyDown={(event) => press(event, end)}
          />
        ))}
      </div>
      {chosen !== null && (
        <p className={styles.words} data-testid="time-range">
          {rangeWords(chosen, report.captures, timeZone)}{' '}
          <button type="button" className={buttonStyles.link} onClick={clear}>
            Show all of the time
          </button>
        </p>
      )}
    </div>
  );
}
