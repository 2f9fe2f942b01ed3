import type { PacketRecord } from '../pcap.ts';
import { seededRandom } from '../random.ts';
import type { Ends, Sent } from './timed.ts';
import { keepAliveProbe, timedTcp, timedUdp } from './timed.ts';

const byTime = (a: Sent, b: Sent): number => a.at - b.at;

/**
 * A trojan's heartbeat of 90 bytes every minute inside one TLS connection of half an hour, under twelve bursts of an
 * operator.
 */
export function ratOverTls(ends: Ends): PacketRecord[] {
  const random = seededRandom(1);
  const sent: Sent[] = [
    { at: 0.1, from: 'client', bytes: 517 },
    { at: 0.2, from: 'server', bytes: 2900 },
  ];
  for (let beat = 0; beat < 30; beat++) {
    sent.push({ at: 10 + 60 * beat, from: 'client', bytes: 90 }, { at: 10.05 + 60 * beat, from: 'server', bytes: 41 });
  }
  for (let burst = 0; burst < 12; burst++) {
    let at = random.uniform(30, 1700);
    for (let command = 0; command < 4; command++) {
      at += random.uniform(1.2, 4);
      sent.push(
        { at, from: 'server', bytes: random.integer(60, 400) },
        { at: at + 0.2, from: 'client', bytes: random.integer(300, 4000) },
      );
    }
  }
  return timedTcp(ends, sent.sort(byTime));
}

/** An implant that keeps one QUIC connection open with a ping of 31 bytes every 15.1 s. */
export function ratOverQuic(ends: Ends): PacketRecord[] {
  const sent: Sent[] = [
    { at: 0, from: 'client', bytes: 1250 },
    { at: 0.03, from: 'server', bytes: 1250 },
  ];
  for (let beat = 1; beat <= 20; beat++) {
    sent.push({ at: 15.1 * beat, from: 'client', bytes: 31 }, { at: 15.1 * beat + 0.03, from: 'server', bytes: 33 });
  }
  return timedUdp(ends, sent);
}

/** A film in segments of 4 s: a question, and 1.2 s of data. */
export function videoStream(ends: Ends): PacketRecord[] {
  const sent: Sent[] = [];
  for (let segment = 0; segment < 40; segment++) {
    const at = 1 + 4 * segment;
    sent.push({ at, from: 'client', bytes: 420 });
    for (let part = 1; part <= 12; part++) sent.push({ at: at + 0.1 * part, from: 'server', bytes: 14_000 });
  }
  return timedTcp(ends, sent);
}

/** Somebody types in a shell: keys that come back one by one, and pauses to read and to think. */
export function sshSession(ends: Ends): PacketRecord[] {
  const random = seededRandom(7);
  const sent: Sent[] = [
    { at: 0.1, from: 'client', bytes: 41 },
    { at: 0.15, from: 'server', bytes: 41 },
  ];
  let at = 2;
  for (let line = 0; line < 40; line++) {
    at += random.exponential(12);
    for (let key = random.integer(2, 18); key > 0; key--) {
      at += random.uniform(0.08, 0.4);
      sent.push({ at, from: 'client', bytes: 36 }, { at: at + 0.02, from: 'server', bytes: 36 });
    }
    sent.push({ at: at + 0.1, from: 'server', bytes: random.integer(100, 6000) });
  }
  return timedTcp(ends, sent.sort(byTime), true);
}

/** A sensor: CONNECT, then a PINGREQ of 2 bytes every minute, as its broker asked for. */
export function mqttClient(ends: Ends): PacketRecord[] {
  const sent: Sent[] = [
    { at: 0.1, from: 'client', bytes: 60 },
    { at: 0.15, from: 'server', bytes: 4 },
  ];
  for (let ping = 1; ping <= 20; ping++) {
    sent.push({ at: 60 * ping, from: 'client', bytes: 2 }, { at: 60 * ping + 0.05, from: 'server', bytes: 2 });
  }
  return timedTcp(ends, sent);
}

/**
 * A connection that only the operating system keeps open: a probe with the byte sent last, 45 s after the last packet.
 */
export function heldOpen(ends: Ends, hours: number): PacketRecord[] {
  const packets = timedTcp(ends, [
    { at: 1, from: 'client', bytes: 200 },
    { at: 1.1, from: 'server', bytes: 500 },
  ]);
  for (let at = 46; at < hours * 3600; at += 45) packets.push(...keepAliveProbe(ends, at, 1200, 5501));
  return packets;
}
