import type { Writable } from 'node:stream';
import type { OnProgress } from '../analysis/pipeline.ts';
import { showingSoFar } from '../analysis/so-far-pace.ts';
import { sizeText } from '../analysis/sizes.ts';
import type { Analysis } from '../analysis/report/analysis.ts';
import type { ListSettings } from '../analysis/settings.ts';
import type { Baseline } from '../analysis/triage/baseline.ts';
import type { AnalyzeCommand } from './arguments.ts';
import { listedRows } from './listed-rows.ts';
import { tableText } from './table.ts';

const MOST_ROWS = 10;
/** Of a stream that does not know how wide it is. */
const USUAL_WIDTH = 80;
/** Lines that do not fit are cut, not wrapped: what is drawn has as many lines as it was written in. */
const [NO_WRAP, WRAP] = ['\u001b[?7l', '\u001b[?7h'];

/** Shows first rows while files are read. */
export interface LiveRows {
  isShown: boolean;
  onProgress: OnProgress;
  /** Takes away what was shown last, so that nothing but the result stays. */
  end: () => void;
}

const NOTHING_SHOWN: LiveRows = { isShown: false, onProgress: () => {}, end: () => {} };

/** How the rows of a call are listed. */
interface Listed {
  list: ListSettings;
  baseline: Baseline | null;
  bytes: number;
}

/**
 * The first rows of what was read so far on standard error, drawn again in the same place of a terminal; elsewhere one
 * after the other, where a call asks for that.
 *
 * @param nowMs the time in milliseconds, from any moment on
 */
export function liveRows(
  command: Pick<AnalyzeCommand, 'live' | 'range' | 'score' | 'filter'>,
  { list, baseline, bytes }: Listed,
  errors: Writable & { isTTY?: boolean; columns?: number },
  nowMs = () => performance.now(),
): LiveRows {
  const isTerminal = errors.isTTY === true;
  if (command.live === null || (command.live === 'auto' && !isTerminal)) return NOTHING_SHOWN;
  let drawn = 0;
  const erased = (): string => (isTerminal && drawn > 0 ? `\u001b[${drawn}A\u001b[0J` : '');
  const show = (analysis: Analysis, bytesRead: number): void => {
    if (baseline !== null) analysis.compareWith(baseline);
    analysis.lookAt(command.range);
    const report = analysis.rows(list);
    if (report.connections.length === 0) return;
    const rows = listedRows(report, command).connections.subarray(0, MOST_ROWS);
    const table = [...tableText(report, command.score, rows)].join('').split('\n');
    const width = (errors.columns ?? USUAL_WIDTH) - 1;
    const said = `so far: ${sizeText(bytesRead)} of ${sizeText(bytes)} read; rows can still move`;
    const lines = [said, ...table.slice(0, rows.length + 1)].map((line) =>
      line.slice(0, isTerminal ? width : undefined),
    );
    const text = lines.map((line) => `${line}\n`).join('');
    errors.write(isTerminal ? `${erased()}${NO_WRAP}${text}${WRAP}` : text);
    drawn = lines.length;
  };
  return {
    isShown: true,
    onProgress: showingSoFar(bytes, nowMs, show),
    end() {
      if (drawn > 0) errors.write(erased());
      drawn = 0;
    },
  };
}
