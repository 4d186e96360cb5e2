/** Holds quick tests to what makes them quick: whatever they reach, it starts no process and no server, and connects to none. */

import { ChildProcess } from "node:child_process";
import { Server, Socket } from "node:net";

const refuse = (what: string) => (): never => {
  throw new Error(`A quick test ${what}; test/support/quick.ts should have told it from the others by its imports`);
};

Server.prototype.listen = refuse("starts a server");
Socket.prototype.connect = refuse("connects to a server");
Object.assign(ChildProcess.prototype, { spawn: refuse("starts a process") });
