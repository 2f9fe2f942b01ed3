import { SEVERITIES } from './fields.ts';
import { FilterFault, isRange, type Operator, type Range, type Value } from './syntax.ts';

/**
 * RITA's scores of a beacon that have each of its severities: it draws lines at 50, 70, 90 and 100 %. A beacon alone is
 * never critical: RITA takes another finding for that.
 */
const SCORES: Readonly<Record<(typeof SEVERITIES)[number], (score: number) => boolean>> = {
  critical: () => false,
  high: (score) => score >= 0.9,
  medium: (score) => score >= 0.7 && score < 0.9,
  low: (score) => score >= 0.5 && score < 0.7,
};

/** The test of RITA's score by the severity that it makes. */
export function severityTest(operator: Operator, value: Value | Range): (score: number) => boolean {
  const severity = isRange(value) ? undefined : SEVERITIES.find((word) => word === value.text.toLowerCase());
  if (severity !== undefined && operator === '==') return SCORES[severity];
  throw new FilterFault(value, 'severity is one of four words', `write severity == high, or ${SEVERITIES.join(', ')}`);
}
