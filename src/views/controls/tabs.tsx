import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { TABS } from '../../state/view.ts';
import type { Tab } from '../../state/view.ts';
import { useLook, useReport } from '../context.ts';
import { formatCount } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './tabs.module.css';

const TAB_LABELS: Readonly<Record<Tab, string>> = {
  hosts: 'Hosts',
  connections: 'Connections',
  long: 'Long',
  dns: 'DNS',
};

/** What a label leaves out where there is no room. */
const MORE_WORDS: Readonly<Partial<Record<Tab, string>>> = { long: ' connections' };

/** Ids of a tab and of what it shows. */
export const tabId = (tab: Tab): string => `tab-${tab}`;
export const panelId = (tab: Tab): string => `panel-${tab}`;

/** The lists of one analysis as tabs, each with its count; arrows move between them. */
export function Tabs() {
  const { report } = useReport();
  const {
    view: { tab },
    dispatch,
  } = useLook();
  const list = useRef<HTMLDivElement>(null);
  const counts: Record<Tab, number> = {
    hosts: report.hosts.length,
    connections: report.connections.length,
    long: report.long.length,
    dns: report.dns.length,
  };
  const choose = (chosen: Tab) => dispatch({ type: 'tabbed', tab: chosen });
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next =
      step !== undefined
        ? TABS.at((TABS.indexOf(tab) + step) % TABS.length)
        : { Home: TABS[0], End: TABS.at(-1) }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    list.current?.querySelector<HTMLElement>(`#${tabId(next)}`)?.focus();
  };
  return (
    <div className={styles.tabs} role="tablist" aria-label="Lists" tabIndex={-1} ref={list} onKeyDown={move}>
      {TABS.map((each) => (
        <button
          key={each}
          id={tabId(each)}
          type="button"
          role="tab"
          aria-selected={each === tab}
          aria-controls={each === tab ? panelId(each) : undefined}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => choose(each)}
        >
          {TAB_LABELS[each]}
          <span className={styles.moreWords}>{MORE_WORDS[each]}</span>{' '}
          <span className={textStyles.quiet}>{formatCount(counts[each])}</span>
        </button>
      ))}
    </div>
  );
}
