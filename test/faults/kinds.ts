/** Which faults a round may have. */

import { killRelay, moodyRelay, noSecrets, strangeRelay } from "./kinds/relay.ts";
import {
  crashDatabase,
  emptyRedis,
  failOver,
  fillDisk,
  fillWireLog,
  olderRedis,
  restartRedis,
} from "./kinds/servers.ts";
import { cutOff, freezeForTwoMinutes, freezeWorker, jumpClock, killPublisher, killWorker } from "./kinds/workers.ts";
import type { Fault, Round } from "./round.ts";
import type { Setup } from "./world.ts";

/** Those that this machine and this round can have. */
export function faultsFor({ world, onRedis, secure, standby }: Round): Fault[] {
  return [
    ...[killWorker, killWorker, killPublisher, freezeWorker, moodyRelay, moodyRelay, strangeRelay, killRelay],
    ...[crashDatabase, ...(onRedis ? [emptyRedis, restartRedis, olderRedis] : [])],
    ...(secure ? [noSecrets] : []),
    ...(world.clocks ? [jumpClock] : []),
    // Two servers don't share a disk.
    ...(world.disk && !standby ? [fillDisk] : []),
    ...(world.wireDisk ? [fillWireLog] : []),
  ];
}

/** Those that a round of its kind always has. */
export function faultsOf({ standby, machines, long }: Setup): Fault[] {
  return [...(standby ? [failOver] : []), ...(machines ? [cutOff] : []), ...(long ? [freezeForTwoMinutes] : [])];
}
