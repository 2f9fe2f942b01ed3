import path from 'node:path';
import type { FlowColumns } from '../../src/analysis/flows/columns.ts';
import { analyzeFile, capturesIn, expectedRows } from './captures.ts';
import { FLOW_DIFFERENCES } from './differences.ts';

/** A flow, and the row that NFStream gave for it. */
export interface Compared {
  /** Capture and NFStream's id: "ndpi_ftp.pcap #1". */
  label: string;
  row: Record<string, string>;
  flows: FlowColumns;
  id: number;
}

/** All flows of the captures with expected flows, those left out that are different flows here on purpose. */
export async function comparedFlows(captures: string): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const folder of ['flows', 'c2'].map((name) => path.join(captures, name))) {
    for (const file of capturesIn(folder).filter((name) => !(name in FLOW_DIFFERENCES))) {
      const { flows } = await analyzeFile(path.join(folder, file));
      for (const [id, row] of expectedRows(path.join(folder, file), 'flows').entries()) {
        compared.push({ label: `${file} #${id}`, row, flows, id });
      }
    }
  }
  return compared;
}
