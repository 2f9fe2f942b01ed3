import { rowsInOrder } from '../../../../src/analysis/report/rank.ts';
import type { OrderName } from '../../../../src/analysis/report/report.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { seededRandom } from '../../../builders/random.ts';
import { tablesOf } from '../../../unit/analysis/connections/flow-columns.ts';
import { drawNetwork } from './network.ts';

export const ORDERS: readonly OrderName[] = ['triage', 'rhythm', 'rita', 'notebook'];

/** Where the infection of one network stands in each order, from 1; infinite where it is not listed. */
export interface Place {
  channel: string;
  listed: number;
  place: Record<(typeof ORDERS)[number], number>;
}

/** Draws networks and puts their connections in each order. */
export function placesIn(networks: number, seed: number): Place[] {
  const random = seededRandom(seed);
  return Array.from({ length: networks }, () => {
    const { flows, channel, server } = drawNetwork(random);
    const { connections, addresses } = tablesOf(flows, { minFlows: 4, notebookMinFlows: 10 });
    const texts = textsOf(addresses);
    const placeIn = (order: OrderName): number => {
      const place = rowsInOrder(connections, order).findIndex((row) => texts[connections.destination[row]] === server);
      return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
    };
    const place = Object.fromEntries(ORDERS.map((order) => [order, placeIn(order)])) as Place['place'];
    return { channel, listed: connections.length, place };
  });
}
