/** `/unsubscribe/:token`: unsubscribes from one list (RFC 8058). */

import type { Hono } from "hono";
import type { ReaderDesk } from "./desk.ts";

export function unsubscribeRoutes(app: Hono, desk: ReaderDesk): void {
  app.get("/unsubscribe/:token", async (context) => {
    const link = desk.proven(context, "unsubscribe");
    if (!link) return desk.show(context, { kind: "invalid-link" });
    const { title, language } = await desk.store.listFor(link.recipient, link.of);
    return desk.show(context, { kind: "unsubscribe", list: title }, language);
  });
  // RFC 8058 §3.2: no cookie, no login, nothing asked. The body is ignored: any POST unsubscribes.
  app.post("/unsubscribe/:token", async (context) => {
    const link = desk.proven(context, "unsubscribe");
    if (!link) return desk.show(context, { kind: "invalid-link" });
    const { title, language } = await desk.store.leave(link.recipient, link.of, desk.origin(context, "one-click"));
    return desk.show(context, { kind: "unsubscribed", list: title, subscribeUrl: "../subscribe" }, language);
  });
}
