import { useMemo } from 'react';
import { pairNames } from '../../analysis/dns/report.ts';
import { dnsKeys } from '../../analysis/report/case-keys.ts';
import { useLook, useReport } from '../context.ts';
import { ListTable } from '../controls/list-table.tsx';
import { useChosenKeys } from '../controls/use-chosen-keys.ts';
import { ChosenBar } from '../detail/chosen-bar.tsx';
import { RemarkMark } from '../detail/remark-mark.tsx';
import { formatCount } from '../text/format.ts';
import { dnsColumns, titleOf } from './dns-columns.tsx';
import listTableStyles from '../controls/list-table.module.css';
import textStyles from '../text/text.module.css';

/** What clients asked resolvers for, by registrable domain: those with signs of a tunnel first. */
export function DnsPairList({ rows }: { rows: readonly number[] }) {
  const { report } = useReport();
  const { view, dispatch } = useLook();
  const { dns } = report;
  const keyOf = useMemo(() => dnsKeys(report), [report]);
  const namesOf = useMemo(() => pairNames(dns), [dns]);
  const choosing = useChosenKeys(rows, keyOf);
  const columns = useMemo(() => {
    const [domain, ...others] = dnsColumns(report);
    const cell = (row: number) => (
      <>
        {domain.cell(row)} <RemarkMark keyOf={() => keyOf(row)} />
      </>
    );
    return [{ ...domain, cell }, ...others];
  }, [report, keyOf]);
  return (
    <>
      <ListTable
        label="DNS by client and domain"
        columns={columns}
        rows={rows}
        total={dns.length}
        empty="No name was asked for."
        opener={(row) => () => dispatch({ type: 'asked-for', key: keyOf(row) })}
        isOpen={(row) => view.askedFor !== null && view.askedFor === keyOf(row)}
        choosing={{ ...choosing, nameOf: (row) => titleOf(namesOf(row)) }}
      />
      {dns.total > dns.length && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          These are {formatCount(dns.length)} of {formatCount(dns.total)} pairs of client and domain: those with signs
          of a tunnel, then those with the most names.
        </p>
      )}
      {dns.lost > 0 && (
        <p className={`${textStyles.warn} ${listTableStyles.listNote}`}>
          ⚠ {formatCount(dns.lost)} messages of small and old pairs gave way to others and are not counted.
        </p>
      )}
      {choosing.keys.length > 0 && (
        <ChosenBar keys={choosing.keys} noun="domain" onNone={() => choosing.onChoose([])} />
      )}
    </>
  );
}
