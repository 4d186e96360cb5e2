/** `/subscribe`: a page, a form to embed, and an API. The response never shows whether an address is known. */

import type { Context, Hono } from "hono";
import { z } from "zod";
import { addressProblem } from "#core/readers/subscriber.ts";
import { perform } from "#desk/act.ts";
import { subscribe, visitor } from "#desk/readers/subscribe.ts";
import type { ReaderDesk } from "./desk.ts";

const names = z.union([z.string(), z.array(z.string()).max(50)]).transform((value) => [value].flat());
const wish = z.object({
  address: z.string().max(400).optional(),
  /** The name that most forms use. */
  email: z.string().max(400).optional(),
  name: z.string().max(100).default(""),
  list: names.default([]),
  /** The name that programs often use. */
  lists: names.default([]),
  /** Only robots fill it in. */
  website: z.string().default(""),
});
type Wish = z.infer<typeof wish>;

export function subscribeRoutes(app: Hono, desk: ReaderDesk): void {
  app.get("/subscribe", async (context) => desk.show(context, await emptyForm(context, desk)));
  // Scripts of other sites may send requests, as their forms can: there is no cookie that they could abuse.
  app.options("/subscribe", (context) =>
    context.body(null, 204, { ...anyOrigin, "access-control-allow-headers": "content-type" }),
  );
  app.post("/subscribe", async (context) => {
    const program = /^application\/json\b/i.test(context.req.header("content-type") ?? "");
    if (!desk.allowed(context))
      return program ? refusal(context, 429, "too-many") : desk.show(context, { kind: "too-many" });
    const wished = await wishOf(context, program);
    if (!wished)
      return program ? refusal(context, 400, "not-understood") : desk.show(context, await emptyForm(context, desk));
    const { address = wished.email ?? "", name, website } = wished;
    const open = await desk.store.openLists();
    const only = open.length === 1 ? open.map((list) => list.name) : [];
    const named = [...wished.list, ...wished.lists];
    const lists = named.length > 0 ? open.map((list) => list.name).filter((list) => named.includes(list)) : only;
    const problems = [
      ...(addressProblem(address) ? ["address" as const] : []),
      ...(lists.length === 0 ? ["lists" as const] : []),
    ];
    if (problems.length > 0) {
      if (program) return refusal(context, 422, ...problems);
      const shown = open.map((list) => ({ ...list, chosen: lists.includes(list.name) }));
      return desk.show(context, { kind: "subscribe", lists: shown, filled: { address, name }, problems });
    }
    if (website === "")
      await perform(
        subscribe,
        {
          ...{ address, name, lists, language: desk.language(context) },
          origin: desk.origin(context, program ? "api" : "page"),
        },
        visitor,
        desk,
      );
    return program ? context.json({ status: "asked" }, 202, anyOrigin) : desk.show(context, { kind: "asked" });
  });
}

const anyOrigin = { "access-control-allow-origin": "*" };

/** `?list=weekly` preselects a list. */
async function emptyForm(context: Context, { store }: ReaderDesk) {
  const chosen = context.req.queries("list") ?? [];
  const lists = await store.openLists();
  return {
    kind: "subscribe" as const,
    lists: lists.map((list) => ({ ...list, chosen: chosen.includes(list.name) })),
  };
}

async function wishOf(context: Context, program: boolean): Promise<Wish | null> {
  try {
    return wish.parse(program ? await context.req.json() : await context.req.parseBody({ all: true }));
  } catch {
    return null;
  }
}

/** RFC 9457. */
function refusal(context: Context, status: 400 | 422 | 429, ...codes: string[]): Response {
  const body = { type: "about:blank", title: "Invalid request", status, codes };
  return context.json(body, status, { ...anyOrigin, "content-type": "application/problem+json" });
}
