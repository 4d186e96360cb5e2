/** The API over HTTP: only for whoever has the token, and every action does what the command line does. */

import { describe, expect, it } from "vitest";
import { addReaders, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

interface Answer {
  campaigns: { id: string; state: string; reason: string | null }[];
  audits: { prepared: number; open: number }[];
  title: string;
}

describe("The API", () => {
  it("follows, pauses, resumes and cancels a campaign for whoever has the token, and tells others nothing", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter], {}, { apiToken: "a-l0ng-t0ken" });
    await addReaders(test, 4);
    await test.publish();
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const ask = async (method: string, path: string, options: { token?: string; body?: unknown } = {}) => {
      const { token = "a-l0ng-t0ken", body } = options;
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    };

    for (const token of ["", "wrong", "a-l0ng-t0ke", "a-l0ng-t0ken "])
      expect(await ask("GET", "/campaigns", { token: `${token}x` })).toMatchObject({ status: 401 });
    const list = await ask("GET", "/campaigns");
    const id = list.body.campaigns[0]?.id ?? "";
    expect(list.body.campaigns).toMatchObject([{ channel: "probe", state: "sending", counts: { pending: 4 } }]);

    const paused = await ask("PUT", `/campaigns/${id}/pause`, { body: { reason: "wrong link" } });
    expect(paused.body.campaigns[0]).toMatchObject({ state: "paused", reason: "wrong link" });
    expect((await ask("DELETE", `/campaigns/${id.slice(0, 8)}/pause`)).body.campaigns[0]?.state).toBe("sending");
    expect((await ask("GET", `/campaigns/${id}/audit`)).body.audits[0]).toMatchObject({ prepared: 4, open: 4 });
    expect((await ask("PUT", `/campaigns/${id}/pause`, { body: { why: "?" } })).status).toBe(400);
    expect((await ask("PUT", `/campaigns/${id}/cancellation`)).body.campaigns[0]?.state).toBe("cancelled");
    expect((await ask("DELETE", `/campaigns/${id}/pause`)).status).toBe(409);
    expect((await ask("GET", "/campaigns/none")).status).toBe(404);
    expect((await ask("GET", "/nothing")).status).toBe(404);
    const events = await test.app.database.pool.query(
      "select actor from postrider.event where kind = 'campaign.cancel'",
    );
    expect(events.rows).toEqual([{ actor: "api" }]);
  });

  it("is off without a token, and describes itself to everybody", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    const refused = await fetch(`${server.url}/api/v1/campaigns`, { headers: { authorization: "Bearer " } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    const described = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
    expect(described).toMatchObject({ openapi: "3.1.0" });
  });
});
