import { AddressList } from '../../analysis/net/address-list.ts';
import { countedOnce, sameFlows } from '../../analysis/flow-logs/same-flows.ts';
import { emptyColumns, type FlowColumns } from '../../analysis/flows/columns.ts';
import type { DistinctTexts } from '../../analysis/memory/distinct-texts.ts';
import { type NativeBlock, readNative, textAt, type TextCells } from '../engine/native-read.ts';
import { HOST_NAME, NUMBER_FIELDS, TEXT_FIELDS, THROUGH } from '../schema/flow-columns.ts';
import { everyText } from './every-text.ts';

/**
 * Puts an answer of the table of flows, all its columns, back into the columns that the analysis goes by. What several
 * files say of one flow counts once, as when they are read together: an open connection is in each hour's log.
 *
 * @param unobserved files whose flows could not show something, and bits of `OBSERVED` of what
 */
export function flowsOf(answer: Uint8Array, unobserved: readonly { file: number; bits: number }[] = []): FlowColumns {
  const hidden = new Map(unobserved.map(({ file, bits }) => [file, bits]));
  const blocks = [...readNative(answer)];
  const length = blocks.reduce((sum, { rows }) => sum + rows, 0);
  const flows = emptyColumns(length);
  const pools = { addresses: everyText(), names: everyText(''), texts: everyText('') };
  const hostNames = new Uint32Array(length);
  const files = new Float64Array(length);
  const proxies = everyText('');
  let at = 0;
  for (const block of blocks) {
    files.set(numbersIn(block, 'file'), at);
    takeNumbers(block, flows, at, hidden);
    for (const { column, name, pool } of TEXT_FIELDS) {
      const cells = textsIn(block, name);
      if (typeof pool === 'string') takeTexts(cells, pools[pool], flows[column], at);
      else takeCodes(cells, pool, flows[column], at);
    }
    takeTexts(textsIn(block, HOST_NAME), pools.names, hostNames, at);
    takeTexts(textsIn(block, THROUGH), proxies, flows.through, at);
    at += block.rows;
  }
  // As the flows have it: the number of the proxy's address plus one.
  const proxyNumbers = proxies.texts.map((text) => (text === '' ? 0 : pools.addresses.numberOf(text) + 1));
  flows.through.forEach((proxy, flow) => (flows.through[flow] = proxyNumbers[proxy]));
  flows.addresses = AddressList.of(pools.addresses.texts);
  flows.names = pools.names.texts;
  flows.texts = pools.texts.texts;
  flows.hostName = new Uint32Array(flows.addresses.length);
  for (let flow = 0; flow < length; flow++) {
    if (hostNames[flow] !== 0) flows.hostName[flows.destination[flow]] = hostNames[flow];
    // What it carries is in the flow that it goes on from, which may be another connection's.
    flows.firstPiece[flow] = flow;
  }
  flows.conversation = new Uint32Array(0);
  const origins = {
    areSeveralFiles: files.some((file) => file !== files[0]),
    areOfOneFile: (a: number, b: number) => files[a] === files[b],
    haveSameKey: () => false,
    keyOf: () => null,
  };
  return countedOnce(flows, sameFlows(flows, length, origins));
}

function takeNumbers(block: NativeBlock, flows: FlowColumns, at: number, hidden: ReadonlyMap<number, number>): void {
  for (const { column, name } of NUMBER_FIELDS) {
    if (column !== 'ipBytesSent') flows[column].set(numbersIn(block, name), at);
  }
  flows.ipBytesSent.set(numbersIn(block, 'joined_ip_bytes'), at);
  if (hidden.size > 0) {
    const files = numbersIn(block, 'file');
    for (let row = 0; row < block.rows; row++) flows.observed[at + row] &= ~(hidden.get(files[row]) ?? 0);
  }
  flows.sinceMs.set(numbersIn(block, 'first_seen_ms'), at);
}

/** The number of each row's text; rows one after another that have the same bytes are read once. */
function takeTexts(cells: TextCells, texts: DistinctTexts, target: { [row: number]: number }, at: number): void {
  const { bytes, starts, ends } = cells;
  let last = 0;
  for (let row = 0; row < starts.length; row++) {
    if (row === 0 || !areEqual(bytes, starts[row - 1], ends[row - 1], starts[row], ends[row]))
      last = texts.numberOf(textAt(cells, row));
    target[at + row] = last;
  }
}

/** Texts of a list of the program; one that it does not know is a newer version's and counts as nothing said. */
function takeCodes(cells: TextCells, codes: readonly string[], target: { [row: number]: number }, at: number): void {
  let last = 0;
  for (let row = 0; row < cells.starts.length; row++) {
    const { bytes, starts, ends } = cells;
    if (row === 0 || !areEqual(bytes, starts[row - 1], ends[row - 1], starts[row], ends[row]))
      last = Math.max(0, codes.indexOf(textAt(cells, row)));
    target[at + row] = last;
  }
}

function numbersIn({ numbers }: NativeBlock, name: string) {
  const values = numbers.get(name);
  if (values === undefined) throw new RangeError(`the answer of the engine has no numbers ${name}`);
  return values;
}

function textsIn({ texts }: NativeBlock, name: string): TextCells {
  const cells = texts.get(name);
  if (cells === undefined) throw new RangeError(`the answer of the engine has no texts ${name}`);
  return cells;
}

function areEqual(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false;
  for (let offset = 0; a + offset < aEnd; offset++) if (bytes[a + offset] !== bytes[b + offset]) return false;
  return true;
}
