import { type Verdict, VERDICTS } from '../../analysis/report/case.ts';

/** No verdict is a choice too: it takes one back. */
export const VERDICT_CHOICES = ['none', ...VERDICTS] as const;
export type VerdictChoice = (typeof VERDICT_CHOICES)[number];
export const VERDICT_LABELS = { none: 'no verdict' } as const;

/** The verdict that a choice stands for; null for none. */
export function verdictOf(choice: VerdictChoice): Verdict | null {
  return choice === 'none' ? null : choice;
}

/** What was done when it was chosen: "verdict: benign", "no verdict". */
export function verdictWords(choice: VerdictChoice): string {
  return choice === 'none' ? VERDICT_LABELS.none : `verdict: ${choice}`;
}
