/**
 * Machines of their own for workers: network namespaces, each with one cable to this machine, on which packets can get lost
 * silently. Another host name makes a worker one of another machine: nobody else can look its process up.
 */

import { execFileSync } from "node:child_process";
import { type Forwarder, openForwarder } from "./forwarder.ts";

export interface Machine {
  /** What runs a command there. */
  prefix: readonly string[];
  /** Packets from and to the database and Redis vanish, and nobody is told. The relay is still there. */
  cutOff(): void;
  reconnect(): void;
}

export interface Machines extends AsyncDisposable {
  all: readonly Machine[];
  /** This machine as seen from there, and where the servers are on it. */
  host: string;
  ports: Ports;
}

interface Ports {
  database: number;
  redis: number;
  relay: number;
}

/** @returns null where we may not have any: it takes root, `ip`, `iptables` and `unshare`. */
export async function openMachines(count: number, behind: Ports): Promise<Machines | null> {
  await using made = new AsyncDisposableStack();
  const host = `10.${64 + (process.pid % 128)}.${(process.pid >> 7) % 256}`;
  const bridge = `prf${process.pid}`;
  let names: string[];
  try {
    run("ip", "link", "add", bridge, "type", "bridge");
    made.defer(() => run("ip", "link", "delete", bridge));
    run("ip", "address", "add", `${host}.1/24`, "dev", bridge);
    run("ip", "link", "set", bridge, "up");
    names = Array.from({ length: count }, (_, index) => {
      const name = `${bridge}-${index}`;
      run("ip", "netns", "add", name);
      made.defer(() => run("ip", "netns", "delete", name));
      plugIn(name, bridge, `${host}.${index + 2}/24`);
      return name;
    });
  } catch {
    return null;
  }
  const open = async (port: number): Promise<Forwarder> => made.use(await openForwarder(`${host}.1`, port));
  const database = await open(behind.database);
  const redis = await open(behind.redis);
  const relay = await open(behind.relay);
  const all = names.map((name) => machine(name, [database.port, redis.port]));
  const disposal = made.move();
  return {
    all,
    host: `${host}.1`,
    ports: { database: database.port, redis: redis.port, relay: relay.port },
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

function plugIn(name: string, bridge: string, address: string): void {
  const inside = (...args: string[]) => run("ip", "-netns", name, ...args);
  run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
  run("ip", "link", "set", name, "master", bridge, "up");
  inside("address", "add", address, "dev", "eth0");
  inside("link", "set", "eth0", "up");
  inside("link", "set", "lo", "up");
  // Says whether it can be cut off at all.
  run("ip", "netns", "exec", name, "iptables", "-L");
}

function machine(name: string, servers: readonly number[]): Machine {
  const filter = (...args: string[]) => run("ip", "netns", "exec", name, "iptables", ...args);
  const start = `hostname ${name} && exec "$@"`;
  return {
    prefix: ["ip", "netns", "exec", name, "unshare", "--uts", "sh", "-c", start, "sh"],
    cutOff() {
      for (const port of servers) {
        filter("-A", "INPUT", "-p", "tcp", "--sport", String(port), "-j", "DROP");
        filter("-A", "OUTPUT", "-p", "tcp", "--dport", String(port), "-j", "DROP");
      }
    },
    reconnect: () => filter("-F"),
  };
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: "ignore" });
}
