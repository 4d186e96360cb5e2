/** Tells public addresses from those of this machine and its network (RFC 6890). */

import { BlockList, isIP } from "node:net";

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, bits, "ipv4");
// Those that hold an IPv4 address (NAT64, 6to4, Teredo) may be turned back into it on the way.
for (const [net, bits] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const)
  inside.addSubnet(net, bits, "ipv6");

/** Whether an address is neither of this machine, nor private, nor multicast. An IPv4 address inside an IPv6 address is judged as IPv4. */
export function isPublic(ip: string): boolean {
  const [address = ""] = ip.split("%");
  return isIP(address) !== 0 && !inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
