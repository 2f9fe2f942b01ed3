import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.join(ROOT, 'results');
/** Folders with texts of the project. */
const TEXTS = ['', 'src', 'src/analysis/scores', 'src/analysis/triage', 'src/fleet', 'src/pcap-ts-parser', 'tests'];

/** A figure and its mark: `12 %<!--=detection/…-->`. */
const FIGURE = /([\d,]+(?:\.(\d+))?)( %)?(<!--=([^>]+)-->)/g;
/** A mark, then a table whose first column names what the `*` of its path stands for. */
const TABLE = /<!-- figures: (\S+)((?: \S+)+) -->\n\n(?:\|.*\n){2}((?:\|.*\n)+)/g;

/** Writes what a benchmark measured to `results/NAME.json`, which the page and the texts quote. */
export async function writeResults(name: string, results: object): Promise<void> {
  await writeFile(path.join(RESULTS, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
}

/** All results, by the names of their files. */
export function readResults(): Record<string, unknown> {
  const files = readdirSync(RESULTS).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(path.join(RESULTS, file), 'utf8'))]),
  );
}

/** The project's own texts in Markdown, by their paths. */
export function markdownFiles(): string[] {
  return TEXTS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.join(ROOT, folder, file)),
  );
}

/**
 * A text with its marked figures as the results have them, in as many decimals as they are written with; percent is
 * that of a share. A mark is a comment that nobody sees: `9.8<!--=detection/scores/rhythm/at/0.5/aperiodicPer1000-->`
 * after a figure, or `<!-- figures: detection/scores/* at/0.5/recall at/0.7/recall -->` before a table, whose first
 * cells the `*` stands for and whose other cells the paths after it. Throws where the results have no such number.
 */
export function withFigures(text: string, results: Record<string, unknown>): string {
  return text
    .replaceAll(FIGURE, (_, written: string, decimals = '', percent = '', mark: string, place: string) => {
      return figure(numberAt(results, place), { decimals: decimals.length, percent: percent !== '', written }) + mark;
    })
    .replaceAll(TABLE, (table, base: string, places: string, rows: string) => {
      const columns = places.trim().split(' ');
      return table.replace(
        rows,
        rows.replaceAll(/.+/g, (row) => withCells(row, base, columns, results)),
      );
    });
}

function withCells(row: string, base: string, columns: readonly string[], results: Record<string, unknown>): string {
  const [key, ...cells] = row.slice(2, -2).split(' | ');
  if (cells.length !== columns.length) throw new RangeError(`"${row}" has no cell for each of ${columns.join(' ')}`);
  const figures = cells.map((cell, index) => {
    const value = numberAt(results, `${base.replace('*', key)}/${columns[index]}`);
    const decimals = cell.split(' ')[0].split('.')[1] ?? '';
    return figure(value, { decimals: decimals.length, percent: cell.endsWith(' %'), written: cell });
  });
  return `| ${[key, ...figures].join(' | ')} |`;
}

function numberAt(results: Record<string, unknown>, place: string): number {
  const value = place
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], results);
  if (typeof value !== 'number') throw new RangeError(`the results have no number at "${place}"`);
  return value;
}

/** Thousands are set apart where they were. */
function figure(
  value: number,
  { decimals, percent, written }: { decimals: number; percent: boolean; written: string },
): string {
  const shown = (percent ? 100 * value : value).toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: value >= 10_000 || written.includes(','),
  });
  return percent ? `${shown} %` : shown;
}
