import { OBSERVED } from '../flows/observed.ts';
import { lastsFrom } from '../protocols/certificate.ts';
import { typeNumber } from '../protocols/dns-types.ts';
import { SIGNS } from '../protocols/signs.ts';
import { distinguishedName } from './distinguished-name.ts';
import { SiblingRow } from './flow-row.ts';
import { LogTimes } from './log-times.ts';
import { type LogRead, LogReader, NOTHING_USED } from './log-reader.ts';
import { HOST_LOGS, type HostLog } from './zeek-hosts.ts';
import { takeZeekFlow } from './zeek-flow.ts';
import { SIBLING_LOGS, type SiblingLog, type ZeekValues } from './zeek-siblings.ts';

/** What a Zeek log holds: flows, more about flows or hosts, certificates, or nothing that is of use here (null). */
export type ZeekContent = 'conn' | 'x509' | SiblingLog | HostLog | null;

/** What logs hold by their paths: connections also where they are open still (zeek-open-connections, corelight's long ones). */
const BY_PATH: ReadonlyMap<string, ZeekContent> = new Map<string, ZeekContent>([
  ...['conn', 'open_conn', 'conn_long'].map((path) => [path, 'conn'] as const),
  ['x509', 'x509'],
  ...[...SIBLING_LOGS, ...HOST_LOGS].flatMap((log) => log.paths.map((path) => [path, log] as const)),
]);

/** The same by fields that no other log has; of several the first counts. */
const BY_FIELD: ReadonlyMap<string, { rank: number; content: ZeekContent }> = new Map(
  [
    ['conn_state', 'conn' as const] as const,
    ['certificate.subject', 'x509' as const] as const,
    ...[...SIBLING_LOGS, ...HOST_LOGS].flatMap((log) => log.own.map((field) => [field, log] as const)),
  ].map(([field, content], rank) => [field, { rank, content }]),
);

/** Fields of connections that no log with a protocol beside has, for logs that left out their states. */
const CONN_FIELDS: ReadonlySet<string> = new Set([
  'orig_bytes',
  'resp_bytes',
  'orig_pkts',
  'orig_ip_bytes',
  'history',
  'missed_bytes',
  'local_orig',
]);

/** What a log holds by its path or, where that is '' for a log that does not say it, by the fields it has. */
export function contentOf(path: string, fields: () => Iterable<string>): ZeekContent {
  if (path !== '') return BY_PATH.get(path) ?? null;
  let found: { rank: number; content: ZeekContent } | null = null;
  let [hasProtocol, isOfConnections] = [false, false];
  for (const field of fields()) {
    const own = BY_FIELD.get(field);
    if (own !== undefined && own.rank < (found?.rank ?? Number.POSITIVE_INFINITY)) found = own;
    hasProtocol ||= field === 'proto';
    isOfConnections ||= CONN_FIELDS.has(field);
  }
  return found?.content ?? (hasProtocol && isOfConnections ? 'conn' : null);
}

/** Zeek's logs, whichever way they are written. */
export abstract class ZeekReader extends LogReader {
  protected connections = 0;
  private siblings = 0;
  /** Those of them that say something of connections and of nothing else. */
  private named = 0;
  private passedOver = 0;
  private withoutIpBytes = 0;
  private withService = 0;
  /** Reads the times that certificates are valid for: they are of no flow. */
  private readonly validity = new LogTimes();

  protected take(content: ZeekContent, value: ZeekValues, number: number): void {
    if (content !== 'conn') this.understood++;
    if (content === null) {
      this.passedOver++;
    } else if (content === 'conn') {
      this.connections++;
      const fault = takeZeekFlow(this.row, value, this.times);
      if (fault !== null) {
        this.faults.add(number, fault);
        return;
      }
      if (value('orig_ip_bytes') === undefined) this.withoutIpBytes++;
      if (value('service') !== undefined) this.withService++;
      this.addRow(number);
    } else if (content === 'x509') {
      this.siblings++;
      this.takeCertificate(value);
    } else if ('tell' in content) {
      this.siblings++;
      content.tell(this.builder.hostsSeen, value, this.times.read(value('ts') ?? '') / 1000);
    } else {
      const key = value('uid');
      if (key === undefined) return;
      this.siblings++;
      const row = new SiblingRow();
      row.key = key;
      content.take(row, value);
      this.builder.addSibling(row);
      if (content.paths.includes('dns')) this.takeQuestion(value);
      else this.named++;
    }
  }

  private takeCertificate(value: ZeekValues): void {
    const id = value('id') ?? value('fingerprint') ?? '';
    const [subject, issuer] = [value('certificate.subject') ?? '', value('certificate.issuer') ?? ''];
    const alternative = value('san.dns')?.split(',', 1)[0] ?? '';
    const [from, until] = ['before', 'after'].map((end) =>
      this.validity.read(value(`certificate.not_valid_${end}`) ?? ''),
    );
    const names = [distinguishedName(subject), distinguishedName(issuer), alternative];
    this.builder.addCertificate(id, names, lastsFrom(from / 1000, until / 1000));
  }

  private takeQuestion(value: ZeekValues): void {
    const timeUs = this.times.read(value('ts') ?? '');
    if (Number.isNaN(timeUs)) return;
    this.builder.questions.add({
      client: value('id.orig_h') ?? '',
      resolver: value('id.resp_h') ?? '',
      name: value('query') ?? '',
      type: Number(value('qtype') ?? typeNumber(value('qtype_name') ?? '')),
      ms: this.saneMs(Math.floor(timeUs / 1000)),
      isZoneless: this.times.hasZoneless,
      answers: value('answers')?.split(',') ?? [],
      isAsked: true,
      isAnswered: value('rcode') !== undefined,
    });
  }

  override result(): LogRead {
    // A log of which no row has a service was not told to look for any, or lost the field on its way.
    if (this.withService === 0) this.builder.forget(this.start, OBSERVED.application, SIGNS.unrecognised);
    return super.result();
  }

  protected override missingNames(): string | null {
    return this.connections > 0 ? 'names: ssl.log, http.log and quic.log have them' : null;
  }

  protected override missingFlows(): string | null {
    if (this.connections > 0 || this.named === 0) return null;
    return 'it tells of connections, but conn.log has them: read that with it';
  }

  protected lacks(): string[] {
    if (this.connections === 0) return this.siblings > 0 ? [] : NOTHING_USED.lacks;
    return [
      'packets',
      'link-layer bytes: sizes are those of IP',
      ...(this.withService === 0 ? ['services: applications are guessed by ports'] : []),
      ...(this.withoutIpBytes > 0
        ? [`IP bytes in ${this.withoutIpBytes} of ${this.connections} rows: sizes there are those of payload`]
        : []),
    ];
  }
}
