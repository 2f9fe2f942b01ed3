import type { Report } from '../../analysis/report/report.ts';
import { mergeReports } from './merge.ts';
import { firstRows } from './rows-kept.ts';

/** The reports of a hunt's parts, of which the first rows by triage over all of them are kept. */
export class PartReports {
  /** Connections of all parts, kept or not. */
  connections = 0;
  private readonly mostRows: number;
  private readonly reports = new Map<number, Report>();
  private rows = 0;

  constructor(mostRows: number) {
    this.mostRows = mostRows;
  }

  /** Parts that there are. */
  get count(): number {
    return this.reports.size;
  }

  add(part: number, report: Report): void {
    const { length } = report.connections;
    this.reports.set(part, report);
    this.connections += length;
    this.rows += length;
    if (this.rows > 2 * this.mostRows) this.cut();
  }

  /**
   * The rows that are kept as one report, and by part what is added to the numbers of its groups in it.
   *
   * @param empty the report where there is no part
   */
  merged(empty: () => Report): { report: Report; groupStarts: Map<number, number> } {
    this.cut();
    const groupStarts = new Map<number, number>();
    const reports: Report[] = [];
    let groups = 0;
    for (const place of this.places()) {
      const report = this.reports.get(place)!;
      groupStarts.set(place, groups);
      groups += report.groups;
      reports.push(report);
    }
    const merged = mergeReports(reports.length === 0 ? [empty()] : reports);
    const rowsLeftOut = Math.max(0, this.connections - merged.connections.length);
    return { report: { ...merged, rowsLeftOut }, groupStarts };
  }

  private cut(): void {
    const places = this.places();
    const kept = firstRows(
      places.map((place) => this.reports.get(place)!),
      this.mostRows,
    );
    places.forEach((place, index) => this.reports.set(place, kept[index]));
    this.rows = kept.reduce((sum, { connections }) => sum + connections.length, 0);
  }

  /** Parts in their order. */
  private places(): number[] {
    return [...this.reports.keys()].sort((a, b) => a - b);
  }
}
