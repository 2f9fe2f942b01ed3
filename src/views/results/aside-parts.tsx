import type { TriageSummary } from '../../analysis/triage/summary.ts';
import { takenWords } from '../../analysis/triage/internal-addresses.ts';
import { useLook, useReport } from '../context.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import buttonStyles from '../controls/button.module.css';

interface Props {
  /** Groups that have twins under them in the table as it is. */
  heads: readonly number[];
}

/** What the connections are compared with, and what came of it. */
function comparedWords({ fromMs, toMs, hosts, newRows, leftOut }: NonNullable<TriageSummary['baseline']>): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  const span = from === to ? `of ${to}` : `from ${from} to ${to}`;
  const missing = leftOut === 0 ? '' : `, without ${formatCount(leftOut)} that it had no room for`;
  return `${formatCounted(newRows, 'connection')} new since the baseline ${span} (${formatCounted(hosts, 'host')}${missing})`;
}

/** What is not where it would be: a public address that counts as internal, rows set aside and rows folded under a twin; and what is new. */
export function AsideParts({ heads }: Props) {
  const {
    report: { triage },
  } = useReport();
  const {
    view: { unfolded },
    dispatch,
  } = useLook();
  const allOpen = heads.every((group) => unfolded.includes(group));
  return (
    <>
      {triage.internalTaken !== null && <span>{takenWords(triage.internalTaken)} (Lists, Internal)</span>}
      {triage.baseline !== null && (
        <span>
          {comparedWords(triage.baseline)}{' '}
          {triage.baseline.newRows > 0 && (
            <button
              type="button"
              className={buttonStyles.link}
              onClick={() => dispatch({ type: 'filtered', filter: 'new == true' })}
            >
              Show what is new
            </button>
          )}
        </span>
      )}
      {triage.setAside > 0 && <span>{formatCounted(triage.setAside, 'connection')} set aside, at the end</span>}
      {triage.folded > 0 && (
        <span>
          {formatCount(triage.folded)} folded under a twin{' '}
          {heads.length > 0 && (
            <button
              type="button"
              className={buttonStyles.link}
              aria-pressed={allOpen}
              onClick={() => dispatch({ type: 'unfoldedAll', groups: allOpen ? [] : heads })}
            >
              {allOpen ? 'Fold all' : 'Unfold all'}
            </button>
          )}
        </span>
      )}
    </>
  );
}
