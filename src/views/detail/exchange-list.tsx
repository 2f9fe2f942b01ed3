import type { CertificateInFull, Evidence, Exchange } from '../../evidence/evidence.ts';
import { certificateLines, exchangeLine, silenceText } from '../../evidence/exchange-text.ts';
import { useTimeZone } from '../context.ts';
import { exactTime } from '../text/timestamps.ts';
import textStyles from '../text/text.module.css';
import styles from './evidence.module.css';

/** The first requests of a connection, with what came back, answers and certificates. */
export function ExchangeList({ evidence }: { evidence: Evidence }) {
  const timeZone = useTimeZone();
  const { packets, exchanges, more } = evidence;
  const silence = silenceText(evidence);
  if (packets === 0) return <p className={textStyles.quiet}>The files hold no packet of it.</p>;
  if (silence !== '') return <p className={textStyles.quiet}>{silence}</p>;
  if (exchanges.length === 0) {
    return (
      <p className={textStyles.quiet}>
        Nothing in it reads as HTTP/1, DNS, TLS or QUIC. Its first bytes are below; follow a flow for all of it.
      </p>
    );
  }
  return (
    <>
      <ol className={styles.exchanges}>
        {keyed(exchanges).map(({ key, exchange, isNews }) => (
          <li key={key}>
            <span className={styles.when}>{exactTime(exchange.atMs, timeZone).slice(0, 23)}</span>{' '}
            <span className={textStyles.breakable}>{exchangeLine(exchange)}</span>
            <More exchange={exchange} isNews={isNews} />
          </li>
        ))}
      </ol>
      <p className={textStyles.note}>
        {more ? `These are the first ${exchanges.length}. ` : ''}Texts are shown as they were sent, what cannot be
        printed escaped; nobody has checked them.
      </p>
    </>
  );
}

interface Keyed {
  key: string;
  exchange: Exchange;
  /** Whether the server shows a certificate that it did not show before. */
  isNews: boolean;
}

/** Requests that are alike in all they say are told apart by their place: the list never changes. */
function keyed(exchanges: readonly Exchange[]): Keyed[] {
  const shown = new Set<string | undefined>();
  return exchanges.map((exchange, place) => {
    const certificate = exchange.kind === 'tls' ? exchange.certificates.at(0)?.sha256 : undefined;
    const isNews = !shown.has(certificate);
    shown.add(certificate);
    return { key: `${place} ${exchange.atMs}`, exchange, isNews };
  });
}

function More({ exchange, isNews }: Omit<Keyed, 'key'>) {
  if (exchange.kind !== 'tls') return null;
  return exchange.certificates.map((certificate, place) => (
    <details key={certificate.sha256} className={styles.certificate} open={place === 0 && isNews}>
      <summary>
        {place === 0 ? 'Certificate' : `Certificate ${place + 1} of the chain`}: {certificate.subject}
      </summary>
      <Certificate certificate={certificate} />
    </details>
  ));
}

function Certificate({ certificate }: { certificate: CertificateInFull }) {
  return (
    <dl>
      {certificateLines(certificate).map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={textStyles.breakable}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
