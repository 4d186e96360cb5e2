/** A real personal data server of the AT Protocol with its directory, on 127.0.0.1, until standard input ends. Prints where it is. */

import { Server } from "node:net";

// The servers of this package listen on every interface: nobody else has any business with a server for tests.
const listen = Server.prototype.listen;
Server.prototype.listen = function (...args) {
  if (typeof args[0] === "number") args.splice(1, typeof args[1] === "string" ? 1 : 0, "127.0.0.1");
  else if (args[0] && typeof args[0] === "object" && "port" in args[0]) args[0] = { ...args[0], host: "127.0.0.1" };
  return listen.apply(this, args);
};

const { TestNetworkNoAppView } = await import("@atproto/dev-env");

const network = await TestNetworkNoAppView.create({ pds: { hostname: "localhost" } });
const agent = network.pds.getAgent();
const account = { handle: "farhaven.test", email: "news@example.org", password: "app-pass-word" };
await agent.createAccount(account);
await network.pds
  .getAgent()
  .createAccount({ handle: "lighthouse.test", email: "ada@example.org", password: "other-pass" });

const url = `http://127.0.0.1:${network.pds.port}`;
process.stdout.write(`${JSON.stringify({ url, identifier: account.handle, password: account.password })}\n`);
process.stdin.resume().once("end", async () => {
  await network.close();
  process.exit(0);
});
