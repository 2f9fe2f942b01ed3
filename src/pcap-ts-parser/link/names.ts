/** Names from the tcpdump.org LINKTYPE_ registry, for messages. */
const NAMES = new Map<number, string>([
  [0, 'NULL'], [1, 'ETHERNET'], [3, 'AX25'], [6, 'IEEE802_5'], [7, 'ARCNET_BSD'], [8, 'SLIP'], [9, 'PPP'], [10, 'FDDI'],
  [12, 'RAW'], [14, 'RAW'], [50, 'PPP_HDLC'], [51, 'PPP_ETHER'], [100, 'ATM_RFC1483'], [101, 'RAW'], [104, 'C_HDLC'],
  [105, 'IEEE802_11'], [107, 'FRELAY'], [108, 'LOOP'], [109, 'ENC'], [113, 'LINUX_SLL'], [114, 'LTALK'], [117, 'PFLOG'],
  [119, 'IEEE802_11_PRISM'], [122, 'IP_OVER_FC'], [123, 'SUNATM'], [127, 'IEEE802_11_RADIOTAP'], [129, 'ARCNET_LINUX'],
  [143, 'DOCSIS'], [147, 'USER0'], [163, 'IEEE802_11_AVS'], [165, 'BACNET_MS_TP'], [166, 'PPP_PPPD'], [177, 'LINUX_LAPD'],
  [178, 'JUNIPER_ETHER'], [179, 'JUNIPER_PPP'], [180, 'JUNIPER_FRELAY'], [181, 'JUNIPER_CHDLC'],
  [182, 'MFR'], [187, 'BLUETOOTH_HCI_H4'], [189, 'USB_LINUX'], [192, 'PPI'], [195, 'IEEE802_15_4_WITHFCS'],
  [201, 'BLUETOOTH_HCI_H4_WITH_PHDR'], [204, 'PPP_WITH_DIR'], [220, 'USB_LINUX_MMAPPED'], [224, 'FC_2'], [226, 'IPNET'],
  [227, 'CAN_SOCKETCAN'], [228, 'IPV4'], [229, 'IPV6'], [230, 'IEEE802_15_4_NOFCS'], [231, 'DBUS'], [239, 'NFLOG'],
  [240, 'NETANALYZER'], [249, 'USBPCAP'], [251, 'BLUETOOTH_LE_LL'], [253, 'NETLINK'], [258, 'PKTAP'], [271, 'VSOCK'], [274, 'ETHERNET_MPACKET'],
  [276, 'LINUX_SLL2'], [281, 'DSA_TAG_BRCM'], [282, 'DSA_TAG_BRCM_PREPEND'], [284, 'DSA_TAG_DSA'], [285, 'DSA_TAG_EDSA'],
]);

/** A link type as people know it, "ETHERNET (1)"; only the number where the registry's name is not on file. */
export function linkTypeName(linkType: number): string {
  const name = NAMES.get(linkType);
  return name === undefined ? `${linkType}` : `${name} (${linkType})`;
}
