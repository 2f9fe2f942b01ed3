import { scoreNotebookCorrected } from '../../../src/analysis/scores/notebook-corrected.ts';
import { createNotebookColumns, scoreNotebook } from '../../../src/analysis/scores/notebook.ts';
import { createRhythmScratch } from '../../../src/analysis/scores/rhythm-scratch.ts';
import { scoreRhythm } from '../../../src/analysis/scores/rhythm.ts';
import { ritaWindow, scoreRita } from '../../../src/analysis/scores/rita.ts';
import type { Series } from './series.ts';

export const SCORES = ['notebook', 'notebook corrected', 'rita', 'rhythm'] as const;
type PerScore = Record<(typeof SCORES)[number], number>;

/** A series and what the scores say of it; NaN where one does not apply. */
export interface Scored {
  series: Series;
  value: PerScore;
  /** What the score ranks by: for rhythm its strength, for the others their value. */
  rank: PerScore;
  /** Seconds, after rhythm. */
  intervalS: number;
}

/** The notebook drops connections with this many flows or fewer. */
const NOTEBOOK_MORE_THAN = 10;

export function scoreAll(corpus: readonly Series[]): Scored[] {
  const longest = corpus.reduce((most, { startsMs }) => Math.max(most, startsMs.length), 0);
  const scratch = new Float64Array(longest);
  const rhythmScratch = createRhythmScratch();
  return corpus.map((series) => {
    const { startsMs, bytesSent, captureS } = series;
    const notebook = createNotebookColumns(1);
    const corrected = createNotebookColumns(1);
    if (startsMs.length > NOTEBOOK_MORE_THAN) {
      scoreNotebook(startsMs, bytesSent, notebook, 0, scratch);
      scoreNotebookCorrected(startsMs, bytesSent, corrected, 0, scratch);
    }
    const rita = scoreRita(startsMs, bytesSent, ritaWindow(0, captureS * 1000), scratch);
    const rhythm = scoreRhythm(startsMs, rhythmScratch);
    const value: PerScore = {
      notebook: notebook.Score[0],
      'notebook corrected': corrected.Score[0],
      rita: rita.score ?? Number.NaN,
      rhythm: rhythm.score ?? Number.NaN,
    };
    const scored = rhythm.score !== null;
    return {
      series,
      value,
      rank: { ...value, rhythm: scored ? rhythm.strength : Number.NaN },
      intervalS: scored ? rhythm.intervalS : Number.NaN,
    };
  });
}
