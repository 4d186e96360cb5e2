import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { openServer } from "#http/server.ts";
import { silent } from "../support/app.ts";

it("A port in use is reported with the address and what to do", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const ports = { feeds: {} as never, health: {} as never, log: silent };
  await expect(openServer({ host: "127.0.0.1", port }, ports)).rejects.toMatchObject({
    code: "unavailable",
    message: `Can't listen on 127.0.0.1:${port}: another program already uses this port`,
    hint: expect.stringContaining("--port"),
  });
  await new Promise((resolve) => other.close(resolve));
});
