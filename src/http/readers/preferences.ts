/**
 * `/preferences/:token`: what a reader gets, and their stored data. Emails are forwarded with their links, so these
 * links show no address and no personal data. Only a link that is mailed on request shows them, for one hour.
 */

import type { Context, Hono } from "hono";
import type { PreferencesChange, ReaderPage } from "#core/readers/reader.ts";
import { frequencies } from "#core/readers/subscriber.ts";
import { perform } from "#desk/act.ts";
import { requestData, visitor } from "#desk/readers/subscribe.ts";
import type { ReaderDesk } from "./desk.ts";

type Page = Extract<ReaderPage, { kind: "preferences" }>;

/** The reader of the link, and whether they proved that the address is theirs. */
interface Visitor {
  recipient: string;
  list: string;
  proved: boolean;
}

export function preferencesRoutes(app: Hono, desk: ReaderDesk): void {
  app.get("/preferences/:token", async (context) => showPreferences(context, desk));
  app.post("/preferences/:token", async (context) => {
    const whoever = visitorOf(context, desk);
    const known = whoever && (await desk.store.preferences(whoever.recipient));
    if (!whoever || !known) return desk.show(context, { kind: "invalid-link" });
    const { recipient, list, proved } = whoever;
    const form = await context.req.formData().catch(() => new FormData());
    const origin = desk.origin(context, "preferences");
    switch (form.get("do")) {
      case "save": {
        const change = changeOf(
          form,
          known.lists.map(({ name }) => name),
          proved ? "" : known.name,
        );
        await desk.store.transaction((tx) => desk.store.choose(tx, recipient, change, origin));
        return showPreferences(context, desk, { said: "saved" });
      }
      case "leave-all":
        await desk.store.leaveAll(recipient, origin);
        return showPreferences(context, desk, { said: "left-all" });
      case "ask-for-data":
        await perform(requestData, { recipient, list }, visitor, desk);
        return desk.show(context, { kind: "data-sent" }, known.language);
      case "download":
        return proved ? download(context, await desk.store.data(recipient)) : showPreferences(context, desk);
      case "forget":
        if (!proved) return showPreferences(context, desk);
        if (form.get("sure") !== "yes") return showPreferences(context, desk, { problems: ["forget"] });
        await desk.store.forget(recipient);
        return desk.show(context, { kind: "forgotten" }, known.language);
      default:
        return showPreferences(context, desk);
    }
  });
}

function visitorOf(context: Context, desk: ReaderDesk): Visitor | null {
  const data = desk.proven(context, "data");
  const link = data ?? desk.proven(context, "preferences");
  return link && { recipient: link.recipient, list: link.of, proved: data !== null };
}

async function showPreferences(
  context: Context,
  desk: ReaderDesk,
  more: Partial<Pick<Page, "said" | "problems">> = {},
): Promise<Response> {
  const visitor = visitorOf(context, desk);
  const preferences = visitor && (await desk.store.preferences(visitor.recipient));
  if (!visitor || !preferences) return desk.show(context, { kind: "invalid-link" });
  const tracked = preferences.lists.filter(({ name }) => desk.tracked.includes(name)).map(({ title }) => title);
  const { proved } = visitor;
  const shownAddress = proved ? preferences.address : masked(preferences.address);
  const page: Page = { kind: "preferences", preferences, shownAddress, tracked, proved, ...more };
  return desk.show(context, page, preferences.language);
}

/** @param keptName - if the page did not show the name, an empty field keeps it. */
function changeOf(form: FormData, known: readonly string[], keptName: string): PreferencesChange {
  const ticked = form.getAll("list");
  const language = String(form.get("language") ?? "");
  return {
    name: String(form.get("name") ?? "").slice(0, 100) || keptName,
    ...(/^[a-z]{2}$/.test(language) && { language }),
    lists: known.map((name) => {
      const wished = form.get(`frequency:${name}`);
      return {
        name,
        subscribed: ticked.includes(name),
        frequency: frequencies.find((frequency) => frequency === wished) ?? "each",
      };
    }),
  };
}

function download(context: Context, data: Record<string, unknown> | null): Response {
  return context.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": 'attachment; filename="my-data.json"',
    "cache-control": "no-store",
  });
}

/** `jane@example.org` -> `j•••@example.org`: the owner can recognise it. */
function masked(address: string): string {
  const at = address.lastIndexOf("@");
  return `${[...address][0] ?? ""}•••${address.slice(at)}`;
}
