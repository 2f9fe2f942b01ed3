import type { Writable } from 'node:stream';
import type { CaptureSummary } from '../analysis/report.ts';
import { connectionsCsv, flowsCsv } from '../export/csv.ts';
import { type AnalyzeCommand, parseArguments, STANDARD_OUTPUT, UsageError } from './arguments.ts';
import { analyzeFiles, ReadError } from './captures.ts';
import { jsonText } from '../export/json.ts';
import { print, WriteError, writeFileOf } from './output.ts';
import { printable } from '../export/printable.ts';
import { tableText } from './table.ts';
import { USAGE } from './usage.ts';
import { programVersion } from './version.ts';

/** Where a call of the program writes; the process's own streams, or a test's. */
export interface Streams {
  output: Writable;
  errors: Writable;
}

/**
 * One call of the program with the arguments after its name. Resolves with the exit status: 0, or 2 with one line on
 * `errors` when an argument is wrong or a file cannot be read or written.
 */
export async function run(argumentsGiven: readonly string[], { output, errors }: Streams): Promise<number> {
  try {
    const command = parseArguments(argumentsGiven);
    if (command.kind === 'help') await print([USAGE], output);
    else if (command.kind === 'version') await print([`${programVersion()}\n`], output);
    else await analyzeAndWrite(command, { output, errors });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ReadError || error instanceof WriteError)) throw error;
    errors.write(`error: ${printable(error.message)}\n`);
    return 2;
  }
}

async function analyzeAndWrite(command: AnalyzeCommand, { output, errors }: Streams): Promise<void> {
  const analysis = await analyzeFiles(command.files, command.settings);
  const report = analysis.report(command.settings);
  for (const capture of analysis.captures) {
    for (const line of warningLines(capture)) errors.write(line);
  }
  const csvFiles = [
    { place: command.flows, texts: () => flowsCsv(analysis.flows) },
    { place: command.connections, texts: () => connectionsCsv(report, command.score) },
  ];
  let printed = command.json;
  for (const { place, texts } of csvFiles) {
    if (place === STANDARD_OUTPUT) {
      await print(texts(), output);
      printed = true;
    } else if (place !== null) {
      await writeFileOf(texts(), place);
    }
  }
  if (command.json) await print(jsonText(report, command.score), output);
  else if (!printed) await print(tableText(report, command.score), output);
}

function warningLines({ file, warnings }: CaptureSummary): string[] {
  return warnings.map(({ message, offset }) => {
    return `warning: ${printable(file)}: ${printable(message)}${offset === null ? '' : ` (byte ${offset})`}\n`;
  });
}
