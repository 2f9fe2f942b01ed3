import { unpackWith } from '../decompress/platform.ts';
import { printable } from '../export/printable.ts';
import { parseArguments } from './arguments.ts';
import { UsageError } from './connection-ends.ts';
import { gunzipAhead, inflateAhead } from './gunzip.ts';
import { SpoiltInput } from './places.ts';
import { print, ReadError, type Streams, WriteError } from './output.ts';
import { PROGRAM_VERSION, USAGE } from './usage.ts';

/** Begins the commands for flows that lie in ClickHouse; a file of that name is given as ./fleet. */
const FLEET = 'fleet';

/**
 * One call of the program with the arguments after its name. Resolves with the exit status: 0, or 1 when some of the files
 * could not be read, or 2 with one line on `errors` when an argument is wrong, no file can be read, or one not written.
 */
export async function run(argumentsGiven: readonly string[], { output, errors }: Streams): Promise<number> {
  unpackWith({ gunzip: gunzipAhead, inflate: inflateAhead });
  try {
    if (argumentsGiven[0] === FLEET) {
      const { runFleet } = await import('./fleet/run.ts');
      return await runFleet(argumentsGiven.slice(1), { output, errors });
    }
    const command = parseArguments(argumentsGiven);
    if (command.kind === 'help') await print([USAGE], output);
    else if (command.kind === 'version') await print([`${PROGRAM_VERSION}\n`], output);
    else {
      const { analyzeAndWrite } = await import('./analysis.ts');
      return await analyzeAndWrite(command, { output, errors });
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ReadError || error instanceof WriteError)) throw error;
    const stream = error instanceof SpoiltInput ? error.saidOn : errors;
    stream?.write(`error: ${printable(error.message)}\n`);
    return 2;
  }
}
