import { readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { fileHandleSource } from 'pcap-ts-parser';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

/** The captures of a folder that have expected flows beside them, sorted by name. */
export function capturesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(pcap|pcapng|cap)$/.test(name))
    .sort();
}

/** Analyses one capture file under the default settings. */
export async function analyzeFile(file: string): Promise<Analysis> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return await analyze([fileHandleSource(handle, size, path.basename(file))], {
      ...DEFAULT_SETTINGS,
      nfstream: true,
    });
  } finally {
    await handle.close();
  }
}

/** The rows of the table of expected values beside a capture: `suffix` is "flows" or "scores". */
export function expectedRows(file: string, suffix: string): Record<string, string>[] {
  const text = readFileSync(file.replace(/\.(pcap|pcapng|cap)$/, `.${suffix}.csv`), 'utf8');
  return rowsOf(text);
}

/** The rows of a CSV text with a header line. */
export function rowsOf(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}
