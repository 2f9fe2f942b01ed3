import type { WonSeries } from '../../analysis/connections/won-series.ts';
import type { RhythmEvents } from '../../analysis/scores/rhythm-events.ts';
import { useTimeZone } from '../context.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import { zoneName } from '../text/timestamps.ts';
import { bracketsPath, ringsPath, strokesPath } from './shapes.ts';
import { AXIS_HEIGHT, TimeAxis } from './time-axis.tsx';
import styles from './charts.module.css';

/** Three lanes: check-ins and the holes between them, silences, and what is no check-in. */
const CHECK_INS = { top: 2, height: 20 } as const;
const SILENCES = { top: 26, height: 8 } as const;
const EXTRA = { top: 38, height: 8 } as const;
const STRIP = 48;
const SAMPLE = { width: 16, height: 12 } as const;

/** What does not fit a rhythm, by what it was found in. */
const EXTRA_NOUNS: Readonly<Record<WonSeries['level'], [one: string, many: string]>> = {
  flow: ['extra connection', 'extra connections'],
  inside: ['extra message', 'extra messages'],
  pooled: ['extra start or message', 'extra starts and messages'],
};

interface Props {
  events: RhythmEvents;
  /** What the rhythm was found in. */
  level: WonSeries['level'];
  /** Span of the capture, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  width: number;
}

/**
 * The whole capture as a strip: a check-in, a missed one, a silence and what is extra each has a shape and a lane
 * of its own.
 */
export function EventStrip({ events, level, fromMs, toMs, width }: Props) {
  const timeZone = useTimeZone();
  if (width === 0) return null;
  const words = eventWords(events, level);
  const label = `The whole capture: ${Object.values(words).join(', ')}`;
  const span = { from: fromMs, to: toMs, width };
  return (
    <>
      <svg className={styles.timeline} width={width} height={STRIP + AXIS_HEIGHT} role="img" aria-label={label}>
        <title>{label}</title>
        <rect className={styles.strip} x={0.5} y={0.5} width={width - 1} height={STRIP - 1} />
        <path className={styles.missed} d={ringsPath(events.missedMs, span, CHECK_INS.top + CHECK_INS.height / 2, 3)} />
        <g transform={`translate(0 ${CHECK_INS.top})`}>
          <path className={styles.strokes} d={strokesPath(events.checkInsMs, fromMs, toMs, width, CHECK_INS.height)} />
        </g>
        <path className={styles.silence} d={bracketsPath(events.silencesMs, span, SILENCES.top, SILENCES.height)} />
        <g transform={`translate(0 ${EXTRA.top})`}>
          <path className={styles.extra} d={strokesPath(events.extraMs, fromMs, toMs, width, EXTRA.height)} />
        </g>
        <TimeAxis fromMs={fromMs} toMs={toMs} width={width} top={STRIP} />
        <desc>Times are {zoneName(timeZone)}.</desc>
      </svg>
      <ul className={styles.legend} aria-hidden="true">
        <li>
          <Sample name="strokes" d="M8 0v12" />
          {words.checkIns}
        </li>
        <li>
          <Sample
            name="missed"
            d={ringsPath(Float64Array.of(1), { from: 0, to: 2, width: SAMPLE.width + 1 }, SAMPLE.height / 2, 3)}
          />
          {words.missed}
        </li>
        <li>
          <Sample name="silence" d="M1 2v8M1 6h14M15 2v8" />
          {words.silences}
        </li>
        <li>
          <Sample name="extra" d="M8 4v8" />
          {words.extra}
        </li>
      </ul>
    </>
  );
}

function Sample({ name, d }: { name: string; d: string }) {
  return (
    <svg className={styles.timeline} width={SAMPLE.width} height={SAMPLE.height}>
      <path className={styles[name]} d={d} />
    </svg>
  );
}

/** What a strip of the capture draws, counted: the words under it and of its accessible name. */
export interface EventWords {
  checkIns: string;
  missed: string;
  silences: string;
  extra: string;
}

export function eventWords(events: RhythmEvents, level: WonSeries['level']): EventWords {
  const silences = events.silencesMs.length / 2;
  return {
    checkIns: `${formatCounted(events.checkInsMs.length, 'check-in')}${afterWords(silences)}`,
    missed: `${formatCounted(events.missedMs.length, 'check-in')} missed`,
    silences: formatCounted(silences, 'longer silence'),
    extra: formatCounted(events.extraMs.length, ...EXTRA_NOUNS[level]),
  };
}

/** The check-ins that "present" leaves out: nobody knows how many periods a silence took. */
function afterWords(silences: number): string {
  return silences === 0 ? '' : ` (${formatCount(silences)} after a silence)`;
}
