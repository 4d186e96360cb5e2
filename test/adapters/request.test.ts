/** What each answer of a web server means for a delivery. */

import { expect, it } from "vitest";
import { request } from "#adapters/http/request.ts";
import { failureOf, never } from "#contract/samples.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";

it.each([
  // RFC 9110 §15.5.9, RFC 8470 §5.2: the same request may be made again.
  [408, {}, "temporary", "channel"],
  [425, {}, "temporary", "channel"],
  [500, {}, "temporary", "channel"],
  [503, {}, "temporary", "channel"],
  [503, { "retry-after": "7" }, "throttled", "channel"],
  [429, {}, "throttled", "channel"],
  [401, {}, "permanent", "channel"],
  [403, {}, "permanent", "channel"],
  [404, {}, "permanent", "channel"],
  [410, {}, "permanent", "channel"],
  [301, { location: "/elsewhere" }, "permanent", "channel"],
  [400, {}, "permanent", "recipient"],
  [424, {}, "permanent", "recipient"],
  [426, {}, "permanent", "recipient"],
  [422, {}, "permanent", "recipient"],
])("A request that is answered %i %o fails as %s for the %s", async (status, headers, kind, scope) => {
  await using server = await openScriptedServer(() => ({ status, headers, body: "no" }));
  const asked = request({ fetch, url: server.url, method: "POST", body: "{}", signal: never });
  expect(await failureOf(asked)).toMatchObject({ kind, scope, status, code: `http-${status}` });
  // Its caller decides whether to try again.
  expect(server.asked).toHaveLength(1);
});

it.each([
  ["7", 7_000],
  // Outside of the standard, and in use.
  ["28.7068", 28_707],
  ["1.5", 1_500],
])("Retry-After %s is a wait of %i ms", async (header, retryAfter) => {
  await using server = await openScriptedServer(() => ({
    status: 429,
    headers: { "retry-after": header },
    body: "no",
  }));
  const asked = request({ fetch, url: server.url, method: "POST", body: "{}", signal: never });
  expect(await failureOf(asked)).toMatchObject({ kind: "throttled", retryAfter });
});
