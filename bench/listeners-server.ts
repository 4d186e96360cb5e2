/** The process of `bench/listeners.ts` that answers HTTP and sends nothing. */

import { channelsNamed, openApp, openSite } from "#app.ts";

const site = await openSite({
  config: process.argv[2] ?? "",
  log: { debug() {}, info() {}, warn: console.error, error: console.error },
});
const channels = channelsNamed(site);
const app = await openApp(site, channels);
const server = await app.startServer(channels, { host: "127.0.0.1", port: 0 });
process.on("SIGTERM", () => process.exit());
process.send?.(server.url);
