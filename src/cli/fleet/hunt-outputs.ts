import type { Case } from '../../analysis/report/case.ts';
import { caseText } from '../../analysis/report/case-file.ts';
import { namedConnections } from '../../export/paste/connection.ts';
import { EngineError } from '../../fleet/engine/engine.ts';
import type { Target } from '../../fleet/engine/open.ts';
import type { Hunted } from '../../fleet/hunt/hunt.ts';
import { readConnection } from '../../fleet/open/connection.ts';
import { huntAnalysis } from '../../fleet/open/saved-hunt.ts';
import { savedAnalysis } from '../../saved/saved.ts';
import { type Chosen, FIRST_ROWS, reportOutputs } from '../exports.ts';
import type { ListedRows } from '../listed-rows.ts';
import type { TextOutput } from '../output.ts';
import { PROGRAM_VERSION } from '../usage.ts';
import type { HuntCommand } from './arguments.ts';

/** What a hunt is written from. */
export interface HuntWritten {
  hunted: Hunted;
  rows: ListedRows;
  /** Its lists are read. */
  list: HuntCommand['list'];
  /** What analysts said of its connections. */
  remarks: Case;
}

/** What a hunt's command wants written, as `analyze` writes it, `--json` and the table left out. Throws an `EngineError`. */
export async function huntOutputs(target: Target, command: HuntCommand, written: HuntWritten): Promise<TextOutput[]> {
  const { hunted, rows, remarks } = written;
  const outputs = await reportOutputs(command, {
    report: hunted.report,
    rows,
    remarks,
    chosen: () => firstInFull(target, written),
    digests: async () => new Map(),
  });
  const { save } = command;
  if (save !== null) outputs.push(await savedOutput(target, save, written));
  return outputs;
}

/** The first connections with their details, whose flows are read again. */
async function firstInFull(target: Target, { hunted: { report, view }, rows, list }: HuntWritten): Promise<Chosen> {
  // Of connections of other groupings there is no detail: what they are made of is many connections here.
  if (view === null || list.grouping !== 'src,dst,port') return [];
  const connectionOf = namedConnections(report);
  const chosen = [];
  for (const row of rows.connections.subarray(0, FIRST_ROWS)) {
    const analysis = await readConnection(target, view, connectionOf(row), list);
    chosen.push({ row, detail: analysis.detail(0) });
  }
  return chosen;
}

/** What a hunt found as an analysis that the page opens without the engine. */
async function savedOutput(
  target: Target,
  place: string,
  { hunted: { report, view, connections }, list, remarks }: HuntWritten,
): Promise<TextOutput> {
  if (view === null) throw new EngineError('there are no flows to save');
  const analysis = await huntAnalysis(target, view, report, { scored: connections, list });
  const said = remarks.size === 0 ? '' : caseText(remarks, []);
  const facts = { program: PROGRAM_VERSION, savedMs: Date.now(), digests: [], remarks: said, packets: null };
  return { place, pieces: savedAnalysis(analysis, facts) };
}
