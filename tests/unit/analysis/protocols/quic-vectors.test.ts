import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { QuicFlow } from '../../../../src/analysis/protocols/quic-flow.ts';
import { InitialKeys, initialSecretOf, quicVersion } from '../../../../src/analysis/protocols/quic-keys.ts';
import { clientHelloServerName } from '../../../../src/analysis/protocols/tls.ts';
import { hex } from '../../../builders/payloads/hex.ts';
import {
  QUIC_1,
  QUIC_2,
  QUIC_DRAFT_22,
  QUIC_DRAFT_29,
  QUIC_MVFST_22,
  QUIC_MVFST_27,
  QUIC_Q050,
  QUIC_T051,
  quicInitial,
} from '../../../builders/payloads/quic.ts';

const CONNECTION_ID = hex('8394c8f03e515708');
const SERVER_CONNECTION_ID = hex('f067a5502a4262b5');

/** RFC 9001, appendix A.2: the CRYPTO frame that both versions' examples protect. */
const CLIENT_FRAME = hex(
  '060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c000004130113' +
    '02010000c000000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d00170018001000070005' +
    '04616c706e000500050100000000003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce1' +
    '5d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c0002400100' +
    '3900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806' +
    '048000ffff',
);
/** Appendix A.3: ACK and CRYPTO of the server. */
const SERVER_FRAMES = hex(
  '02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200' +
    '130100002e00330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00' +
    '020304',
);

/** What the appendices of RFC 9001 and RFC 9369 publish. The tag at the end stands for every byte before it. */
const VECTORS = [
  {
    name: 'version 1 (RFC 9001, appendix A)',
    version: QUIC_1,
    clientKeys: ['1f369613dd76d5467730efcbe3b1a22d', 'fa044b2f42a3fd3b46fb255c', '9f50449e04a0e810283a1e9933adedd2'],
    serverKeys: ['cf3a5331653c364c88f0f379b6067e37', '0ac1493ca1905853b0bba03e', 'c206b8d9b9f0f37644430b490eeaa314'],
    clientBegins: 'c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11',
    clientTag: 'e221af44860018ab0856972e194cd934',
    serverPacket:
      'cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb3' +
      '8cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84' +
      '022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee',
  },
  {
    name: 'version 2 (RFC 9369, appendix A)',
    version: QUIC_2,
    clientKeys: ['8b1a0bc121284290a29e0971b5cd045d', '91f73e2351d8fa91660e909f', '45b95e15235d6f45a6b19cbcb0294ba9'],
    serverKeys: ['82db637861d55e1d011f19ea71d5d2a7', 'dd13c276499c0249d3310652', 'edf6d05c83121201b436e16877593c3a'],
    clientBegins: 'd76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485',
    clientTag: 'a18b2faa745b6fe189cf772a9f84cbfc',
    serverPacket:
      'dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698baeea26b91eb761d9b89237bbf872630' +
      '17915358230035f7fd3945d88965cf17f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2' +
      'c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca84bed8521e2e140',
  },
];

describe.each(VECTORS)('the published example of $name', (vector) => {
  const clientPacket = quicInitial(CLIENT_FRAME, {
    version: vector.version,
    clientConnectionId: CONNECTION_ID,
    packetNumber: 2,
    paddedTo: 1162,
  });

  it('derives the keys', () => {
    const version = quicVersion(vector.version);
    if (version === undefined) throw new Error('not read');
    const secret = initialSecretOf(version, CONNECTION_ID);
    for (const side of ['client', 'server'] as const) {
      const { key, iv, headerKey } = new InitialKeys(version, secret, side);
      expect([key, iv, headerKey].map(bytesToHex)).toEqual(vector[`${side}Keys`]);
    }
  });

  it('is what the builder protects', () => {
    const digits = bytesToHex(clientPacket);
    expect(clientPacket).toHaveLength(1200);
    expect(digits.slice(0, vector.clientBegins.length)).toBe(vector.clientBegins);
    expect(digits.slice(-32)).toBe(vector.clientTag);
    const serverPacket = quicInitial(SERVER_FRAMES, {
      version: vector.version,
      clientConnectionId: CONNECTION_ID,
      side: 'server',
      destination: new Uint8Array(0),
      source: SERVER_CONNECTION_ID,
      packetNumber: 1,
      packetNumberLength: 2,
    });
    expect(bytesToHex(serverPacket)).toBe(vector.serverPacket);
  });

  it("is opened: the client's hello, and the server's by the keys of the client's connection id", () => {
    const flow = new QuicFlow();
    expect(flow.add(clientPacket, 0, clientPacket.length, true)).toBe(true);
    expect(clientHelloServerName(flow.client.bytes, 0, flow.client.length)).toBe('example.com');
    const serverPacket = hex(vector.serverPacket);
    expect(flow.add(serverPacket, 0, serverPacket.length, false)).toBe(true);
    expect(bytesToHex(flow.server.bytes.subarray(0, flow.server.length))).toBe(bytesToHex(SERVER_FRAMES.subarray(9)));
  });
});

/** The client's key for the same connection id, from the salts that the drafts and Chromium publish. */
it.each([
  ['draft 22', QUIC_DRAFT_22, '07863d9c083786bc86766ce0d02bf93f'],
  ['Facebook, after draft 22', QUIC_MVFST_22, '07863d9c083786bc86766ce0d02bf93f'],
  ['Facebook, after draft 27', QUIC_MVFST_27, 'af7fd7efebd21878ff66811248983694'],
  ['draft 29', QUIC_DRAFT_29, '175257a31eb09dea9366d8bb79ad80ba'],
  ['Q050', QUIC_Q050, '348cb426373281cfaec63f5b609350e7'],
  ['T050', 0x5430_3530, '80ab8e0313d2c851aaff5405824a916a'],
  ['T051', QUIC_T051, 'e66b805440a16d39f1889b2726d1cc5c'],
])('the key of %s', (_name, number, key) => {
  const version = quicVersion(number);
  if (version === undefined) throw new Error('not read');
  expect(bytesToHex(new InitialKeys(version, initialSecretOf(version, CONNECTION_ID), 'client').key)).toBe(key);
});
