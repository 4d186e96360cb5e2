/** Weeks of publishing, withdrawing, rescheduling and forgetting, by chance: every promise is kept in each of a thousand. */

import { expect, inject, it } from "vitest";
import { weeks } from "../model/weeks.ts";
import { openWorld } from "../model/world.ts";
import { openBackend } from "../support/backends.ts";

/** Always the same weeks: others are lived by `npm run model`. */
const seed = 16;
const postgres = inject("postgresUrl");
const shares = postgres
  ? ([
      ["on the embedded database", {}, 250],
      ["on a PostgreSQL server", { postgres }, 750],
    ] as const)
  : ([["on the embedded database", {}, 1_000]] as const);

it.each(shares)("keeps what was promised, %s", async (_, servers, runs) => {
  await using backend = await openBackend(servers);
  await using world = await openWorld(backend);
  expect(await weeks(world, { runs, seed })).toBe(null);
});
