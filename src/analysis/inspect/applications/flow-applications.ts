import { type Packet, PROTOCOL_UDP } from 'pcap-ts-parser';
import { UNKNOWN } from '../../protocols/application-ids.ts';
import { applicationOfIpProtocol, guessApplication } from './ports.ts';
import { recogniseApplication } from './recognise.ts';
import { RtpStreams } from './rtp.ts';

/** Packets with payload that are looked into: on the reference captures a fifth tells nothing that the first four did not. */
const INSPECTED_PAYLOADS = 4;

/** A column is an entry for every flow. */
export interface ApplicationColumns {
  /** Index into `APPLICATIONS`. */
  application: Uint8Array;
  /** 1 where only the ports suggest it. */
  applicationGuessed: Uint8Array;
}

/** What a flow's key says: columns of the same order. */
export interface FlowKeys {
  protocol: Uint8Array;
  sourcePort: Uint16Array;
  destinationPort: Uint16Array;
}

/** The applications of flows, found in their first packets with payload. Flows are numbered as they are created. */
export class FlowApplications {
  #application = new Uint8Array(1024);
  #inspected = new Uint8Array(1024);
  readonly #rtp = new RtpStreams();

  /**
   * Looks into one packet with payload. `forward` says that it goes from the flow's source to its destination. Returns
   * true when nothing more is looked for in this flow.
   */
  observe(flow: number, packet: Packet, forward: boolean): boolean {
    if (flow >= this.#application.length) this.#grow(flow);
    if (this.#application[flow] !== UNKNOWN || this.#inspected[flow] === INSPECTED_PAYLOADS) return true;
    this.#inspected[flow]++;
    let application = recogniseApplication(packet);
    if (application === UNKNOWN && packet.protocol === PROTOCOL_UDP)
      application = this.#rtp.observe(flow, packet, forward);
    this.#application[flow] = application;
    if (application === UNKNOWN && this.#inspected[flow] < INSPECTED_PAYLOADS) return false;
    this.#rtp.forget(flow);
    return true;
  }

  /** Whether a flow's payloads were looked into and nothing was recognised. */
  isUnrecognised(flow: number): boolean {
    return flow < this.#application.length && this.#inspected[flow] > 0 && this.#application[flow] === UNKNOWN;
  }

  /** The columns of some flows, in the order given, which is that of their keys. */
  columnsOf(flows: Uint32Array, keys: FlowKeys): ApplicationColumns {
    const application = new Uint8Array(flows.length);
    const applicationGuessed = new Uint8Array(flows.length);
    for (let id = 0; id < flows.length; id++) {
      const flow = flows[id];
      const protocol = keys.protocol[id];
      const found = flow < this.#application.length ? this.#application[flow] : UNKNOWN;
      application[id] = found === UNKNOWN ? applicationOfIpProtocol(protocol) : found;
      if (application[id] !== UNKNOWN) continue;
      application[id] = guessApplication(protocol, keys.sourcePort[id], keys.destinationPort[id]);
      if (application[id] !== UNKNOWN) applicationGuessed[id] = 1;
    }
    return { application, applicationGuessed };
  }

  #grow(flow: number): void {
    const length = Math.max(flow + 1, this.#application.length * 2);
    const application = new Uint8Array(length);
    application.set(this.#application);
    this.#application = application;
    const inspected = new Uint8Array(length);
    inspected.set(this.#inspected);
    this.#inspected = inspected;
  }
}
