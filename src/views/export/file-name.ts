/** Name of a saved file: what is in it, and when it was made, in UTC (`beaconscope-flows-20240131-175959.csv`). */
export function fileName(what: string, ending: string, madeMs: number): string {
  const [day, time] = new Date(madeMs).toISOString().replaceAll(/[-:]/g, '').split('T');
  return `beaconscope-${what}-${day}-${time.slice(0, 6)}.${ending}`;
}
