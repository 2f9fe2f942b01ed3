/**
 * EtherTypes whose frames hold no IP packet by their nature (address resolution, the link's own control, field buses,
 * storage): nothing that could be a connection is lost where they are left out.
 */
const WITHOUT_IP: ReadonlySet<number> = new Set([
  // ARP, Wake-on-LAN, Cisco's CDP, VTP and DTP, RARP
  0x0806, 0x0842, 0x2000, 0x2003, 0x2004, 0x8035,
  // Stream reservation, audio and video transport, DEC, AppleTalk, IPX
  0x22ea, 0x22f0, 0x6001, 0x6002, 0x6003, 0x6004, 0x6007, 0x8038, 0x809b, 0x80f3, 0x8137, 0x8138,
  // MAC control, slow protocols, PPPoE discovery, Intel's ANS, load balancing, HomePlug, EAPOL
  0x8808, 0x8809, 0x8863, 0x886d, 0x886f, 0x887b, 0x888e, 0x88c7, 0x88e1,
  // PROFINET, RRCP, ATA over Ethernet, EtherCAT, POWERLINK, GOOSE and sampled values, RoMON, TIPC
  0x8892, 0x8899, 0x88a2, 0x88a4, 0x88ab, 0x88b8, 0x88b9, 0x88ba, 0x88bf, 0x88ca,
  // LLDP, SERCOS, LLTD, MRP, MVRP, MMRP, PTP, NC-SI, PRP, CFM, FCoE, FIP, RoCE, 1905.1, ECP, loopback test
  0x88cc, 0x88cd, 0x88d9, 0x88e3, 0x88f5, 0x88f6, 0x88f7, 0x88f8, 0x88fb, 0x8902, 0x8906, 0x8914, 0x8915, 0x893a,
  0x8940, 0x9000,
]);

/** What people call those that can hold IP, and are not decoded. */
const NAMES = new Map([
  [0x0805, 'X.25'],
  [0x0bad, 'Banyan VINES'],
  [0x22f3, 'TRILL'],
  [0x876b, 'compressed TCP/IP'],
  [0x8870, 'jumbo frames'],
  [0x88dc, 'WSMP'],
  [0x88e5, 'MACsec'],
  [0x8903, 'Cisco FabricPath'],
  [0x890d, '802.11 encapsulated'],
  [0x8947, 'GeoNetworking'],
]);

/** Whether frames of this type never hold an IP packet. */
export function isWithoutIp(etherType: number): boolean {
  return WITHOUT_IP.has(etherType);
}

/** An EtherType as messages call it: "0x88e5 (MACsec)"; only the number where no name is known. */
export function etherTypeName(etherType: number): string {
  const number = `0x${etherType.toString(16).padStart(4, '0')}`;
  const name = NAMES.get(etherType);
  return name === undefined ? number : `${number} (${name})`;
}
