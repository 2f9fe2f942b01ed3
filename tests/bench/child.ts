import { decodeSeconds } from './decode.ts';
import { inNode } from './node.ts';
import { scoreMany } from './scoring.ts';
import { millionSessions, sessionPass } from './sessions.ts';

const MEASUREMENTS = { scoreMany, inNode, decodeSeconds, sessionPass, millionSessions };

export type Measurements = typeof MEASUREMENTS;

/** Takes the measurement named on the command line, with what follows, and prints what it gave as JSON. */
async function main(): Promise<void> {
  const [, , name, ...parameters] = process.argv;
  const measure = MEASUREMENTS[name as keyof Measurements] as (...parameters: string[]) => unknown;
  console.log(JSON.stringify(await measure(...parameters)));
}

await main();
