/** `/confirm/:token`: confirms a subscription. It needs a button, because mail scanners open every link. */

import type { Hono } from "hono";
import { letterLifeMs } from "#core/readers/letter.ts";
import { signToken } from "#core/readers/token.ts";
import { perform } from "#desk/act.ts";
import { confirm, visitor } from "#desk/readers/subscribe.ts";
import type { ReaderDesk } from "./desk.ts";

export function confirmRoutes(app: Hono, desk: ReaderDesk): void {
  const askedBy = async (link: { recipient: string; of: string } | null) =>
    link && (await desk.store.asked(link.recipient, link.of));
  app.get("/confirm/:token", async (context) => {
    const asked = await askedBy(desk.proven(context, "confirm"));
    if (!asked) return desk.show(context, { kind: "invalid-link" });
    return desk.show(context, { kind: "confirm", list: asked.title }, asked.language);
  });
  app.post("/confirm/:token", async (context) => {
    const link = desk.proven(context, "confirm");
    const asked = await askedBy(link);
    if (!link || !asked) return desk.show(context, { kind: "invalid-link" });
    const confirmed = { recipient: link.recipient, letter: link.of, origin: desk.origin(context, "page") };
    if (!(await perform(confirm, confirmed, visitor, desk))) return desk.show(context, { kind: "invalid-link" });
    const until = new Date(desk.now().getTime() + letterLifeMs.welcome);
    const token = signToken(desk.secret, "preferences", [link.recipient, asked.list], until);
    const page = { kind: "confirmed", list: asked.title, preferencesUrl: `../preferences/${token}` } as const;
    return desk.show(context, page, asked.language);
  });
}
