import { useRef } from 'react';
import { pairNames } from '../../analysis/dns/report.ts';
import { signsOf } from '../../analysis/dns/signs.ts';
import { dnsKeys } from '../../analysis/report/case-keys.ts';
import { useLook, useReport, useTimeZone } from '../context.ts';
import { CloseButton } from '../controls/close-button.tsx';
import { useOpenedPane } from '../controls/layout.ts';
import { RemarkBar } from '../detail/remark-bar.tsx';
import { Terms } from '../detail/terms.tsx';
import { exactTime } from '../text/timestamps.ts';
import { dnsColumns, titleOf } from './dns-columns.tsx';
import detailStyles from '../detail/detail.module.css';

interface Props {
  row: number;
  onClose: () => void;
}

/** The open domain as one client asked for it: what was asked, when, and the way to the connections that came of it. */
export function DnsPane({ row, onClose }: Props) {
  const { report } = useReport();
  const { dispatch } = useLook();
  const timeZone = useTimeZone();
  const close = useRef<HTMLButtonElement>(null);
  const pane = useOpenedPane(close);
  const { dns } = report;
  const names = pairNames(dns)(row);
  const title = titleOf(names);
  const signs = signsOf(report, row);
  const showConnections = () => {
    dispatch({ type: 'filtered', filter: `${names.client} ${names.domain || names.resolver}` });
    dispatch({ type: 'tabbed', tab: 'connections' });
  };
  const time = (ms: number): string => exactTime(ms, timeZone).slice(0, 19);
  return (
    <aside className={detailStyles.detail} ref={pane} aria-label={`Domain ${title}`}>
      <header>
        <h2>{title}</h2>
        <CloseButton ref={close} label="Close the domain" onClose={onClose} />
      </header>
      <RemarkBar about={dnsKeys(report)(row)} />
      {signs !== '' && <p className={detailStyles.leadSentence}>Like a tunnel: {signs}.</p>}
      <p>
        <button type="button" onClick={showConnections}>
          Show its connections
        </button>
      </p>
      <section>
        <h3>What was asked</h3>
        <Terms
          terms={[
            ...dnsColumns(report).map(({ label, meaning, cell }) => ({ term: label, meaning, value: cell(row) })),
            { term: 'First', meaning: 'The first question', value: time(dns.firstMs[row]) },
            { term: 'Last', meaning: 'The last question', value: time(dns.lastMs[row]) },
          ]}
        />
      </section>
    </aside>
  );
}
