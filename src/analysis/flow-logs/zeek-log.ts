import type { Warning } from '../capture.ts';
import { OBSERVED } from '../flows/observed.ts';
import { type LogRead, LogReader } from './log-reader.ts';
import { type NamingLog, takeZeekFlow, type ZeekValues } from './zeek-flow.ts';

/** What a Zeek log holds: flows, names of flows, or nothing that is of use here (null). */
export type ZeekContent = 'conn' | NamingLog | null;

/** Zeek's logs, whichever way they are written. */
export abstract class ZeekReader extends LogReader {
  protected connections = 0;
  private siblings = 0;
  private passedOver = 0;
  private withoutIpBytes = 0;
  private withService = 0;
  /** Flows of other logs before this one. */
  private readonly start: number = this.builder.length;

  /** Takes one row. */
  protected take(content: ZeekContent, value: ZeekValues, number: number): void {
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
    } else {
      const key = value('uid');
      const name = value(content.field);
      if (key === undefined) return;
      this.builder.addSibling({
        key,
        observed: content.shows,
        name: name ?? '',
        nameSource: content.source,
        texts: {},
      });
      this.siblings++;
    }
  }

  override result(): LogRead {
    // A log of which no row has a service was not told to look for any, or lost the field on its way.
    if (this.withService === 0) this.builder.forget(this.start, OBSERVED.application);
    return super.result();
  }

  protected override missingNames(): string | null {
    return this.connections > 0 ? 'names: ssl.log, http.log and quic.log have them' : null;
  }

  protected lacks(): string[] {
    if (this.connections === 0) return [];
    return [
      'packets',
      'link-layer bytes: sizes are those of IP',
      ...(this.withService === 0 ? ['services: applications are guessed by ports'] : []),
      ...(this.withoutIpBytes > 0
        ? [`IP bytes in ${this.withoutIpBytes} of ${this.connections} rows: sizes there are those of payload`]
        : []),
    ];
  }

  protected override remarks(): Warning[] {
    if (this.connections > 0 || this.siblings > 0 || this.passedOver === 0) return [];
    const message =
      'it holds neither connections nor names: only conn.log, ssl.log, http.log, dns.log and quic.log are used';
    return [{ kind: 'nothing-used', offset: null, message }];
  }
}
