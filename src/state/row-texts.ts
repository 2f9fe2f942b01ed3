import { rowHost } from '../analysis/report/row-remarks.ts';
import { HostRows } from '../analysis/hosts/host-rows.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import type { Report } from '../analysis/report/report.ts';
import { rowFactsOf } from '../analysis/report/row-facts.ts';
import type { Facts } from '../analysis/triage/facts.ts';
import type { Line } from '../analysis/triage/lines.ts';
import type { RowFacts } from '../analysis/triage/row-facts.ts';
import type { AsideEnds } from './set-aside.ts';

/** The texts of a report's rows. What only sorting or filtering needs is made when it is first asked for. */
export class RowTexts {
  readonly #report: Report;
  readonly #addresses: readonly string[];
  readonly #names: readonly string[];
  #sourceRanks: Uint32Array | null = null;
  #destinationRanks: Uint32Array | null = null;
  #facts: RowFacts | null = null;
  #hosts: HostRows | null = null;

  constructor(report: Report) {
    this.#report = report;
    this.#addresses = textsOf(report.addresses);
    this.#names = textsOf(report.names);
  }

  source(row: number): string {
    return this.#addresses[this.#report.connections.source[row]] ?? '';
  }

  destination(row: number): string {
    return this.#addresses[this.#report.connections.destination[row]] ?? '';
  }

  /** The proxy that its flows go through, with its port; '' without one. */
  through(row: number): string {
    const { through, throughPort } = this.#report.connections;
    return through[row] === 0 ? '' : `${this.#addresses[through[row] - 1]}:${throughPort[row]}`;
  }

  /** The name most flows of a row carry, "" for none. */
  name(row: number): string {
    return this.#names[this.#report.connections.name[row]] ?? '';
  }

  /** The destination as the table shows it first: see `rowHost`. */
  destinationLabel(row: number): string {
    return rowHost(this.#report, row, this.name(row), this.destination(row));
  }

  /** The ends of a row, as what is set aside names them. */
  ends(row: number): AsideEnds {
    return { source: this.source(row), destination: this.destination(row), name: this.name(row) };
  }

  /** The hosts, read row by row. */
  get hosts(): HostRows {
    return (this.#hosts ??= new HostRows(this.#report.hosts));
  }

  get hasNames(): boolean {
    return this.#names.length > 1;
  }

  /** Characters of the longest address. */
  get longestAddress(): number {
    return this.#addresses.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** One rank a row: rows with the same source share one, and 10.0.0.9 comes before 10.0.0.23. */
  get sourceRanks(): Uint32Array {
    return (this.#sourceRanks ??= this.#ranks((row) => this.source(row)));
  }

  get destinationRanks(): Uint32Array {
    return (this.#destinationRanks ??= this.#ranks((row) => this.destinationLabel(row)));
  }

  /** The lines of a row's triage, those without points last. */
  lines(row: number): Line[] {
    const lines = this.#rowFacts.lines(row);
    return [...lines.filter(({ points }) => points !== 0), ...lines.filter(({ points }) => points === 0)];
  }

  /** What triage knows of a row. */
  facts(row: number): Facts {
    return this.#rowFacts.of(row);
  }

  get #rowFacts(): RowFacts {
    return (this.#facts ??= rowFactsOf(this.#report));
  }

  #eachRow(text: (row: number) => string): string[] {
    return Array.from({ length: this.#report.connections.length }, (_, row) => text(row));
  }

  #ranks(text: (row: number) => string): Uint32Array {
    const texts = this.#eachRow(text);
    const inOrder = [...new Set(texts)].sort(new Intl.Collator('en', { numeric: true }).compare);
    const rankOf = new Map(inOrder.map((label, rank) => [label, rank]));
    return Uint32Array.from(texts, (label) => rankOf.get(label)!);
  }
}
