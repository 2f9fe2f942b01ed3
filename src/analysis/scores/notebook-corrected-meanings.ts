import type { NotebookColumn } from './notebook.ts';

/** Where a column of the corrected frame means something else than the notebook's of the same name. */
export const CORRECTED_MEANINGS: Partial<Record<NotebookColumn, string>> = {
  tsLow:
    'A quarter of the gaps between flow starts are this long or shorter: 25th percentile of the deltas, in ' +
    'seconds with fractions, zeros left out.',
  tsMid: 'The typical gap between flow starts: median of the deltas, in seconds with fractions, zeros left out.',
  tsHigh:
    'Three quarters of the gaps are this long or shorter: 75th percentile of the deltas, in seconds with ' +
    'fractions, zeros left out.',
  tsSkew:
    'Whether the gaps lean to short (above 0) or long (below 0): tsBowleyNum / tsBowleyDen; 0 when the spread ' +
    'is 0 or tsMid equals a quartile.',
  tsConnDiv:
    'How many flows one every 90 s would make over the whole time seen, days kept: (last start - first start) / 90.',
  tsConnCountScore:
    'Whether there are as many flows as one every 90 s would make: ConnectionCount / tsConnDiv, at most 1.',
  dsMadmScore: 'How little the sizes vary, 1 is all alike, 0 is 128 bytes or more off: 1 - dsMadm / 128, at least 0.',
  Score: 'The corrected score: mean of tsScore and dsScore, each between 0 and 1.',
};
