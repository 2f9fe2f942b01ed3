import type { NotebookColumn } from './notebook.ts';

/** What each column of the notebook's frame tells an analyst, and its formula, in one line of plain text. */
export const NOTEBOOK_MEANINGS: Record<NotebookColumn | 'ConnectionCount', string> = {
  ConnectionCount: 'How many flows the connection has.',
  tsLow:
    'A quarter of the gaps between flow starts are this long or shorter: 25th percentile of the deltas, in ' +
    'whole seconds with days dropped.',
  tsMid: 'The typical gap between flow starts: median of the deltas, in whole seconds with days dropped.',
  tsHigh:
    'Three quarters of the gaps are this long or shorter: 75th percentile of the deltas, in whole seconds with ' +
    'days dropped.',
  tsBowleyNum: 'How far the typical gap lies off the middle of the quartiles, in seconds: tsLow + tsHigh - 2 tsMid.',
  tsBowleyDen: 'How wide the middle half of the gaps spreads, in seconds: tsHigh - tsLow.',
  tsSkew:
    'Whether the gaps lean to short (above 0) or long (below 0): tsBowleyNum / tsBowleyDen; 0 when the spread ' +
    'is 0, or tsMid equals a quartile, or tsHigh is 0.',
  tsMadm: 'How far a gap typically lies from the median gap, in seconds: median of |delta - median delta|.',
  tsConnDiv:
    'How many flows one every 90 s would make over the time seen: (last start - first start) in whole seconds ' +
    'with days dropped, / 90.',
  tsConnCountScore:
    'Whether there are as many flows as one every 90 s would make: ConnectionCount / tsConnDiv, at most 1; 0 ' +
    'when tsConnDiv is 0.',
  tsSkewScore: 'How evenly the gaps lie around their median, 1 is even: 1 - |tsSkew|.',
  tsMadmScore: 'How little the gaps vary, 1 is a steady clock, 0 is 30 s or more off: 1 - tsMadm / 30, at least 0.',
  tsScore: 'The timing half of the score: mean of tsSkewScore, tsMadmScore and tsConnCountScore.',
  dsLow: 'A quarter of the flows sent this many bytes or fewer: 25th percentile of the bytes sent.',
  dsMid: 'What a flow typically sends, in bytes: median of the bytes sent.',
  dsHigh: 'Three quarters of the flows sent this many bytes or fewer: 75th percentile of the bytes sent.',
  dsBowleyNum: 'How far the typical size lies off the middle of the quartiles, in bytes: dsLow + dsHigh - 2 dsMid.',
  dsBowleyDen: 'How wide the middle half of the sizes spreads, in bytes: dsHigh - dsLow.',
  dsSkew:
    'Whether the sizes lean to small (above 0) or large (below 0): dsBowleyNum / dsBowleyDen; 0 when the ' +
    'spread is 0 or dsMid equals a quartile.',
  dsMadm: 'How far a size typically lies from the median size, in bytes: median of |bytes - median bytes|.',
  dsSkewScore: 'How evenly the sizes lie around their median, 1 is even: 1 - |dsSkew|.',
  dsMadmScore:
    'How much the sizes vary: dsMadm / 128. The notebook has it upside down and without a bound, so erratic ' +
    'sizes raise the score, past 1 too.',
  dsSmallnessScore:
    'How small the typical flow is, 1 is nothing sent, 0 is 8192 bytes or more: 1 - dsMid / 8192, at least 0.',
  dsScore: 'The size half of the score: mean of dsSkewScore, dsMadmScore and dsSmallnessScore.',
  Score: "The notebook's score, highest first in the table: mean of tsScore and dsScore.",
};
