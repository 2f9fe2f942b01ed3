/** Numbers of protocols, each written once: what a header announces behind it. */

// IP protocols (IANA "Protocol Numbers").

/** ICMP, as `Packet.protocol` has it. */
export const PROTOCOL_ICMP = 1;
export const PROTOCOL_IPV4 = 4;
/** TCP, as `Packet.protocol` has it. */
export const PROTOCOL_TCP = 6;
/** UDP, as `Packet.protocol` has it. */
export const PROTOCOL_UDP = 17;
export const PROTOCOL_IPV6 = 41;
export const PROTOCOL_GRE = 47;
/** Encapsulating security payload: encrypted. */
export const PROTOCOL_ESP = 50;
export const PROTOCOL_AH = 51;
/** ICMPv6, as `Packet.protocol` has it. */
export const PROTOCOL_ICMPV6 = 58;
export const PROTOCOL_ETHERIP = 97;
/** L2TP version 3 over IP: what it carries was agreed before. */
export const PROTOCOL_L2TP = 115;

/** Extension headers of IPv6 that stand where a protocol would (RFC 8200, RFC 6275). */
export const HOP_BY_HOP = 0;
export const ROUTING = 43;
export const FRAGMENT = 44;
export const NO_NEXT_HEADER = 59;
export const DESTINATION_OPTIONS = 60;
export const MOBILITY = 135;

/** EtherTypes (IEEE, IANA "IEEE 802 Numbers"). */
export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ERSPAN_III = 0x22eb;
export const ETHERTYPE_TRANSPARENT_ETHERNET = 0x6558;
export const ETHERTYPE_VLAN = 0x8100;
export const ETHERTYPE_IPV6 = 0x86dd;
export const ETHERTYPE_PPP = 0x880b;
export const ETHERTYPE_MPLS_UNICAST = 0x8847;
export const ETHERTYPE_MPLS_MULTICAST = 0x8848;
export const ETHERTYPE_PPPOE_SESSION = 0x8864;
export const ETHERTYPE_SERVICE_VLAN = 0x88a8;
export const ETHERTYPE_ERSPAN = 0x88be;
export const ETHERTYPE_BACKBONE = 0x88e7;
export const ETHERTYPE_CISCO_METADATA = 0x8909;
export const ETHERTYPE_VN_TAG = 0x8926;
export const ETHERTYPE_REDUNDANCY = 0x892f;
export const ETHERTYPE_E_TAG = 0x893f;
export const ETHERTYPE_NSH = 0x894f;
/** Stacked VLAN tags before 802.1ad gave them a number of their own. */
export const ETHERTYPE_OLD_VLANS: readonly number[] = [0x9100, 0x9200, 0x9300];
/** Values up to this are lengths of an IEEE 802.3 frame, not EtherTypes. */
export const LARGEST_LENGTH = 1500;

/** Data of PPP (IANA "PPP DLL Protocol Numbers"); from `PPP_FIRST_CONTROL` on, protocols speak of the link alone. */
export const PPP_IPV4 = 0x0021;
export const PPP_IPV6 = 0x0057;
export const PPP_FIRST_CONTROL = 0x8000;

/** UDP ports of tunnels (IANA). Linux used 8472 for VXLAN before 4789 was given to it. */
export const PORT_GTP_U = 2152;
export const PORT_TEREDO = 3544;
export const PORT_L2TP = 1701;
export const PORT_LISP = 4341;
export const PORT_ESP = 4500;
export const PORT_GUE = 6080;
export const PORT_MPLS = 6635;
export const PORTS_VXLAN: readonly number[] = [4789, 8472];
export const PORT_VXLAN_GPE = 4790;
export const PORT_CAPWAP_DATA = 5247;
export const PORT_GENEVE = 6081;
export const PORT_TZSP = 37_008;
