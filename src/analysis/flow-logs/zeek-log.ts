import type { Warning } from '../report.ts';
import { LogReader } from './log-reader.ts';
import { type NamingLog, takeZeekFlow, type ZeekValues } from './zeek-flow.ts';

/** What a Zeek log holds: flows, names of flows, or nothing that is of use here (null). */
export type ZeekContent = 'conn' | NamingLog | null;

/** Zeek's logs, whichever way they are written. */
export abstract class ZeekReader extends LogReader {
  protected connections = 0;
  private named = 0;
  private passedOver = 0;
  private withoutIpBytes = 0;

  /** Takes one row. */
  protected take(content: ZeekContent, value: ZeekValues, number: number): void {
    if (content === null) {
      this.passedOver++;
    } else if (content === 'conn') {
      this.connections++;
      const fault = takeZeekFlow(this.row, value);
      if (fault !== null) {
        this.faults.add(number, fault);
        return;
      }
      if (value('orig_ip_bytes') === undefined) this.withoutIpBytes++;
      this.addRow(number);
    } else {
      const key = value('uid');
      const name = value(content.field);
      if (key === undefined || name === undefined) return;
      this.builder.addName(key, name, content.source);
      this.named++;
    }
  }

  protected lacks(): string[] {
    if (this.connections === 0) return [];
    return [
      'packets',
      'link-layer bytes: sizes are those of IP',
      ...(this.withoutIpBytes > 0
        ? [`IP bytes in ${this.withoutIpBytes} of ${this.connections} rows: sizes there are those of payload`]
        : []),
    ];
  }

  protected override remarks(): Warning[] {
    if (this.connections > 0 || this.named > 0 || this.passedOver === 0) return [];
    const message =
      'it holds neither connections nor names: only conn.log, ssl.log, http.log, dns.log and quic.log are used';
    return [{ kind: 'nothing-used', offset: null, message }];
  }
}
