import type { Report } from '../../../analysis/report/report.ts';
import { MOST_KEPT } from '../../../evidence/evidence.ts';
import { connectionsCsv } from '../../../export/csv.ts';
import { hasIndicators, indicatorsOf, indicatorText } from '../../../export/indicators.ts';
import { hostList } from '../../../export/hosts.ts';
import { jsonText } from '../../../export/json.ts';
import { dnsList, listCsv, longList } from '../../../export/lists.ts';
import { reportHtml } from '../../../export/report.ts';
import { stixBundle } from '../../../export/stix.ts';
import { SAVED_ENDING } from '../../../saved/saved.ts';
import type { Case } from '../../../analysis/report/case.ts';
import { caseText } from '../../../analysis/report/case-file.ts';
import { valueOf, type ExportSource } from '../../../state/export-source.ts';
import { viewFilter } from '../../../state/filters.ts';
import { tabList, tabRows } from '../../../state/list-rows.ts';
import { openRow, ShownRows } from '../../../state/shown-rows.ts';
import type { View } from '../../../state/view.ts';
import { carvedFile, hasPackets } from './carved.ts';
import { fileName, inSlices, type SavedFile, savedWith } from './save.ts';

const CSV = 'text/csv';
/** Connections that a report shows in full where none is open. */
const FIRST_ROWS = 10;

/** What files are made of. */
export interface ExportInput {
  report: Report;
  view: View;
  source: ExportSource;
  remarks: Case;
  /** Bytes read once more of the captures, where a file takes that. */
  onRead: (bytes: number) => void;
}

/** A file that can be saved, as the menu offers it. */
export interface ExportChoice {
  label: string;
  note: string;
  /** Whether there is anything to save; always where it is left out. */
  offered?: (report: Report, view: View, remarks: Case) => boolean;
  make: (input: ExportInput) => Promise<SavedFile>;
}

/** All files that can be saved of a report, in the order of the menu. */
export const EXPORT_CHOICES: readonly ExportChoice[] = [
  {
    label: 'Analysis (.beaconscope)',
    note: 'opens again here, later or at a colleague’s, without the captures: all but the packets',
    make: (input) => analysisFile(input, null),
  },
  {
    label: 'Analysis with packets (.beaconscope)',
    note: `the same with what was said: the first packets of the rows as shown, ${MOST_KEPT.toLocaleString('en')} at most and 64 MB in all, for requests and Follow`,
    offered: hasPackets,
    make: (input) => {
      const { report, view, remarks } = input;
      const rows = new ShownRows(report).of(view, remarks);
      return analysisFile(
        input,
        rows.map((row) => report.connections.group[row]),
      );
    },
  },
  {
    label: 'Baseline',
    note: 'where hosts go, under which names, with which software: dropped beside a later capture it says what is new',
    make: async ({ source }) => named('baseline', 'baseline', valueOf(await source.baselineFile())),
  },
  {
    label: 'Report (HTML)',
    note: 'one file without script: rows as shown, the open connection or the first ten in full',
    make: async (input) => named('report', 'html', await reportBlob(input)),
  },
  {
    label: 'Connections (CSV)',
    note: 'rows as filtered and ordered here',
    make: async ({ report, view, remarks }) =>
      named(
        'connections',
        'csv',
        await inSlices(connectionsCsv(report, new ShownRows(report).of(view, remarks), remarks), CSV),
      ),
  },
  {
    label: 'Connections (JSON)',
    note: 'the same rows, with captures and warnings',
    make: async ({ report, view, remarks }) => {
      return named(
        'connections',
        'json',
        await inSlices(jsonText(report, new ShownRows(report).of(view, remarks), {}, remarks), 'application/json'),
      );
    },
  },
  {
    label: 'Flows (CSV)',
    note: 'all flows, in NFStream’s columns; opens again here',
    make: async ({ source }) => named('flows', 'csv', valueOf(await source.flowsFile('csv'))),
  },
  {
    label: 'Flows (Parquet)',
    note: 'the same, smaller; opens again here',
    make: async ({ source }) => named('flows', 'parquet', valueOf(await source.flowsFile('parquet'))),
  },
  {
    label: 'Hosts (CSV)',
    note: 'who they are, and what each did',
    offered: ({ hosts }) => hosts.length > 0,
    make: async ({ report, remarks }) => named('hosts', 'csv', await inSlices(listCsv(hostList(report, remarks)), CSV)),
  },
  {
    label: 'Long connections (CSV)',
    note: 'sessions that were open for long',
    offered: ({ long }) => long.length > 0,
    make: async ({ report, remarks }) => named('long', 'csv', await inSlices(listCsv(longList(report, remarks)), CSV)),
  },
  {
    label: 'DNS (CSV)',
    note: 'what clients asked resolvers for',
    offered: ({ dns }) => dns.length > 0,
    make: async ({ report, remarks }) => named('dns', 'csv', await inSlices(listCsv(dnsList(report, remarks)), CSV)),
  },
  {
    label: 'Indicators (STIX 2.1)',
    note: 'where the connections go that are to be read, and domains found malicious, with ATT&CK techniques',
    offered: (report, _, remarks) => hasIndicators(report, remarks),
    make: async (input) =>
      named('indicators', 'json', await inSlices(stixBundle(indicatorsIn(input), Date.now()), 'application/json')),
  },
  {
    label: 'Indicators (text)',
    note: 'the same, defanged, to send by mail',
    offered: (report, _, remarks) => hasIndicators(report, remarks),
    make: async (input) => named('indicators', 'txt', await inSlices(indicatorText(indicatorsIn(input)), 'text/plain')),
  },
  {
    label: 'Packets (pcapng)',
    note: 'of the open connection, cut out of the captures',
    offered: (report, view) => hasPackets(report) && openRow(report, view) >= 0,
    make: ({ report, view, source, onRead }) => carvedFile(source, report, openRow(report, view), onRead),
  },
];

/** The indicators of the rows that the view shows. */
function indicatorsIn({ report, view, remarks }: ExportInput) {
  return indicatorsOf(
    report,
    { connections: new ShownRows(report).of(view, remarks), dns: shownDomains(report, view, remarks) },
    remarks,
  );
}

/** The domains that the filter of the view lets through. */
function shownDomains(report: Report, view: View, remarks: Case): number[] {
  return tabRows(report, tabList(report, 'dns', remarks), viewFilter(view), view.hidden);
}

async function analysisFile(
  { report, source, remarks, onRead }: ExportInput,
  withPackets: Uint32Array | null,
): Promise<SavedFile> {
  const captures = report.captures.map(({ file }) => file);
  const text = remarks.size === 0 ? '' : caseText(remarks, captures);
  const outcome = await source.savedFile(text, import.meta.env.PROGRAM_VERSION, withPackets, onRead);
  const { file, unread } = valueOf(outcome);
  return savedWith(named('analysis', SAVED_ENDING, file), unread);
}

async function reportBlob({ report, view, source, remarks, onRead }: ExportInput): Promise<Blob> {
  const rows = new ShownRows(report).of(view, remarks);
  const open = openRow(report, view);
  const chosen = [];
  for (const row of open >= 0 ? [open] : rows.subarray(0, FIRST_ROWS)) {
    chosen.push({ row, detail: valueOf(await source.detail(report.connections.group[row])) });
  }
  const digests = valueOf(await source.digests(onRead));
  const version = import.meta.env.PROGRAM_VERSION;
  const content = { report, rows, dns: shownDomains(report, view, remarks), chosen, digests, remarks, version };
  return inSlices(reportHtml({ ...content, madeMs: Date.now() }), 'text/html');
}

function named(what: string, ending: string, blob: Blob): SavedFile {
  return { name: fileName(what, ending, Date.now()), blob };
}
