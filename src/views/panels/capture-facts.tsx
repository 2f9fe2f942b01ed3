import { timesOf } from '../../analysis/capture.ts';
import { passedOverWords } from '../../analysis/report/common-warnings.ts';
import { formatSpan } from '../../analysis/durations.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { formatBytes, formatCount, formatCounted } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import textStyles from '../text/text.module.css';
import styles from './capture-facts.module.css';

const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** What was read: files, size, span and packets; each file on its own behind a button. */
export function CaptureFacts() {
  const { report } = useReport();
  const timeZone = useTimeZone();
  const { captures } = report;
  const bytes = captures.reduce((sum, capture) => sum + capture.bytes, 0);
  const comments = captures.reduce((sum, capture) => sum + capture.comments, 0);
  const { saved } = useActions();
  const title = captures.length === 1 ? captures[0].file : `${formatCount(captures.length)} captures`;
  const times = timesOf(captures);
  const passedOver = passedOverWords(captures);
  return (
    <div className={styles.facts}>
      <Disclosure
        size="wide"
        label={
          <span className={`${textStyles.fileName} ${styles.file}`} title={title}>
            {title}
          </span>
        }
      >
        <table className={styles.factsTable}>
          <thead>
            <tr>
              <th>File</th>
              <th>Format</th>
              <th>Bytes</th>
              <th>Packets</th>
              <th>Flows</th>
              <th>First</th>
              <th>Last</th>
              <th>Lacks</th>
            </tr>
          </thead>
          <tbody>
            {[...captures.entries()].map(([at, capture]) => (
              <tr key={at}>
                <td className={styles.fileCell}>{capture.file}</td>
                <td className={styles.formatCell}>
                  {[capture.format, capture.compression].filter((part) => part !== null).join(', ')}
                </td>
                <td className={textStyles.number}>{formatCount(capture.bytes)}</td>
                <td className={textStyles.number}>{capture.flows === undefined ? formatCount(capture.packets) : ''}</td>
                <td className={textStyles.number}>{capture.flows === undefined ? '' : formatCount(capture.flows)}</td>
                <td className={textStyles.number}>
                  {capture.firstMs === null ? 'none' : exactTime(capture.firstMs, timeZone)}
                </td>
                <td className={textStyles.number}>
                  {capture.lastMs === null ? 'none' : exactTime(capture.lastMs, timeZone)}
                </td>
                <td className={styles.lacksCell}>{(capture.lacks ?? []).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={textStyles.note}>
          {report.packets > 0 &&
            `${formatCount(report.flowPackets)} of ${formatCounted(report.packets, 'packet')} make up flows. `}
          There are {formatCounted(report.flows, 'flow')} in {formatCounted(report.groups, 'connection')}.
          {comments > 0 && ` ${formatCounted(comments, 'comment was', 'comments were')} left in the captures.`}
          {passedOver !== '' && ` ${passedOver}.`}
        </p>
      </Disclosure>
      {saved !== null && (
        <span
          className={styles.saved}
          title={`Of ${exactTime(saved.savedMs, timeZone)}: ${saved.packets === null ? 'everything but the packets' : 'with the first packets of its connections'}`}
        >
          saved analysis of {exactTime(saved.savedMs, timeZone).slice(0, DATE_LENGTH)}
        </span>
      )}
      <span className={styles.bytes} title={`${formatCount(bytes)} bytes`}>
        {formatBytes(bytes)}
      </span>
      {times !== null && (
        <span title="From the first packet or flow to the last">{formatSpan(times.lastMs - times.firstMs)}</span>
      )}
      <span className={styles.count}>
        {report.packets === 0 ? formatCounted(report.flows, 'flow') : formatCounted(report.packets, 'packet')}
      </span>
    </div>
  );
}
