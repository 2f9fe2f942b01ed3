import { CORRECTED_MEANINGS } from '../../../analysis/scores/notebook-corrected-meanings.ts';
import { NOTEBOOK_MEANINGS } from '../../../analysis/scores/notebook-meanings.ts';
import type { NotebookColumn } from '../../../analysis/scores/notebook.ts';
import { formatValue } from '../../text/format.ts';
import type { StepGroup } from './calculation-table.tsx';

export type FrameColumn = NotebookColumn | 'ConnectionCount';
/** The notebook's score to the letter, or with its known faults put right. */
export type NotebookVariant = 'notebook' | 'corrected';

type ValueOf = (column: FrameColumn) => number;

const TIME_COLUMNS: readonly FrameColumn[] = [
  'tsLow',
  'tsMid',
  'tsHigh',
  'tsBowleyNum',
  'tsBowleyDen',
  'tsSkew',
  'tsSkewScore',
  'tsMadm',
  'tsMadmScore',
  'ConnectionCount',
  'tsConnDiv',
  'tsConnCountScore',
  'tsScore',
];
const SIZE_COLUMNS: readonly FrameColumn[] = [
  'dsLow',
  'dsMid',
  'dsHigh',
  'dsBowleyNum',
  'dsBowleyDen',
  'dsSkew',
  'dsSkewScore',
  'dsMadm',
  'dsMadmScore',
  'dsSmallnessScore',
  'dsScore',
];
const TIME_TITLES = {
  notebook: 'Time between flows, whole seconds',
  corrected: 'Time between flows, seconds with fractions, zeros left out',
} as const;

/** Columns that later ones are a mean of. */
const PARTS: ReadonlySet<FrameColumn> = new Set(['tsScore', 'dsScore', 'Score']);

/** The notebook's frame in the order it is reckoned, with the numbers of one connection. */
export function notebookSteps(variant: NotebookVariant, value: ValueOf): StepGroup[] {
  const meanings = variant === 'notebook' ? NOTEBOOK_MEANINGS : { ...NOTEBOOK_MEANINGS, ...CORRECTED_MEANINGS };
  const group = (title: string, columns: readonly FrameColumn[]): StepGroup => ({
    title,
    steps: columns.map((column) => ({
      name: column,
      formula: formulaOf(variant, column, value),
      value: value(column),
      meaning: meanings[column],
      part: PARTS.has(column),
    })),
  });
  return [
    group(TIME_TITLES[variant], TIME_COLUMNS),
    group('Bytes sent per flow', SIZE_COLUMNS),
    group('Together', ['Score']),
  ];
}

/** How a value came about, with the numbers put in: "(1 + 0.83 + 1) / 3". Null for what is read off the flows. */
export function formulaOf(variant: NotebookVariant, column: FrameColumn, value: ValueOf): string | null {
  const v = (name: FrameColumn) => signed(value(name));
  switch (column) {
    case 'tsBowleyNum':
      return `${v('tsLow')} + ${v('tsHigh')} − 2 × ${v('tsMid')}`;
    case 'dsBowleyNum':
      return `${v('dsLow')} + ${v('dsHigh')} − 2 × ${v('dsMid')}`;
    case 'tsBowleyDen':
      return `${v('tsHigh')} − ${v('tsLow')}`;
    case 'dsBowleyDen':
      return `${v('dsHigh')} − ${v('dsLow')}`;
    case 'tsSkew':
      return skew('ts', value);
    case 'dsSkew':
      return skew('ds', value);
    case 'tsSkewScore':
      return `1 − |${formatValue(value('tsSkew'))}|`;
    case 'dsSkewScore':
      return `1 − |${formatValue(value('dsSkew'))}|`;
    case 'tsMadmScore':
      return `max(0, 1 − ${v('tsMadm')} / 30)`;
    case 'dsMadmScore':
      return variant === 'notebook' ? `${v('dsMadm')} / 128` : `max(0, 1 − ${v('dsMadm')} / 128)`;
    case 'dsSmallnessScore':
      return `max(0, 1 − ${v('dsMid')} / 8,192)`;
    case 'tsConnCountScore':
      return value('tsConnDiv') === 0
        ? '0, because tsConnDiv is 0'
        : `min(1, ${v('ConnectionCount')} / ${v('tsConnDiv')})`;
    case 'tsScore':
      return `(${v('tsSkewScore')} + ${v('tsMadmScore')} + ${v('tsConnCountScore')}) / 3`;
    case 'dsScore':
      return `(${v('dsSkewScore')} + ${v('dsMadmScore')} + ${v('dsSmallnessScore')}) / 3`;
    case 'Score':
      return `(${v('tsScore')} + ${v('dsScore')}) / 2`;
    default:
      return null;
  }
}

/** The skew's special cases, in the order the notebook has them. */
function skew(part: 'ts' | 'ds', value: ValueOf): string {
  const middle = value(`${part}Mid`);
  if (value(`${part}BowleyDen`) === 0) return `0, because ${part}BowleyDen is 0`;
  if (middle === value(`${part}Low`)) return `0, because ${part}Mid equals ${part}Low`;
  if (middle === value(`${part}High`)) return `0, because ${part}Mid equals ${part}High`;
  if (part === 'ts' && value('tsHigh') === 0) return '0, because tsHigh is 0';
  return `${signed(value(`${part}BowleyNum`))} / ${signed(value(`${part}BowleyDen`))}`;
}

/** Negative numbers stand in brackets inside a formula. */
function signed(value: number): string {
  return value < 0 ? `(${formatValue(value)})` : formatValue(value);
}
