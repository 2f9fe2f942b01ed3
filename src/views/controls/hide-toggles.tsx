import { SORT_BITS, type Sort } from '../../analysis/connections/sorts.ts';
import { countOfSort } from '../../state/order.ts';
import { useLook, useReport } from '../context.ts';
import { formatCount } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './hide-toggles.module.css';

/** Sorts of connections that can be hidden, in the order they are offered. */
const SORT_WORDS: Readonly<Record<Sort, { label: string; meaning: string }>> = {
  multicast: { label: 'multicast or broadcast', meaning: 'Connections to a multicast or broadcast address' },
  internal: {
    label: 'internal to internal',
    meaning: 'Connections whose ends are both internal: private, link-local or loopback addresses',
  },
  clock: {
    label: 'well-known clocks',
    meaning: 'Services that keep time by design: NTP, mDNS, SSDP, DHCP, NetBIOS, LLMNR',
  },
  failed: {
    label: 'failed only',
    meaning: 'Connections whose every flow failed: a TCP call without an answer, or refused at once',
  },
};

const SORTS = Object.keys(SORT_WORDS) as Sort[];

/** A switch for every sort of connection there is, with how many rows it hides. */
export function HideToggles() {
  const table = useReport().report.connections;
  const {
    view: { hidden },
    dispatch,
  } = useLook();
  const offered = SORTS.map((sort) => ({
    sort,
    count: countOfSort(table, sort),
    on: (hidden & SORT_BITS[sort]) !== 0,
  })).filter(({ count, on }) => count > 0 || on);
  if (offered.length === 0) return null;
  return (
    <fieldset className={styles.hideToggles}>
      <legend className={textStyles.unseen}>Hide</legend>
      <span aria-hidden="true">hide</span>
      {offered.map(({ sort, count, on }) => (
        <button
          key={sort}
          type="button"
          aria-pressed={on}
          title={SORT_WORDS[sort].meaning}
          onClick={() => dispatch({ type: 'toggled', sort })}
        >
          {on && 'hidden: '}
          {formatCount(count)} {SORT_WORDS[sort].label}
          {on && <span aria-hidden="true"> ×</span>}
        </button>
      ))}
    </fieldset>
  );
}
