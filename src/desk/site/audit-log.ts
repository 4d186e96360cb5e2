/** Shows who did what, the newest first. */

import { z } from "zod";
import type { AuditEntry } from "#core/audit/audit.ts";
import { PostriderError } from "#core/errors.ts";
import { type Actor, act, fields } from "../act.ts";
import { logAnswer } from "../answers/log.ts";
import type { DeskPorts } from "../ports.ts";

export interface LogAnswer {
  items: AuditEntry[];
  next: string | null;
}

const mostEntries = 200;

export const readLog = act({
  name: "log.list",
  looks: true,
  asks: z.strictObject({
    since: fields.time.optional(),
    actor: z.string().min(1).max(200).optional(),
    /** A path or an id. */
    post: z.string().min(1).max(2_000).optional(),
    act: z.string().min(1).max(100).optional(),
    /** `next` of the page before. */
    cursor: z.string().optional(),
    limit: z.int().min(1).max(mostEntries).default(50),
  }),
  needs: "admin",
  answers: logAnswer,
  async run(
    { cursor, limit, since, actor, post, act: name },
    _: Actor,
    { audit }: Pick<DeskPorts, "audit">,
  ): Promise<LogAnswer> {
    const before = cursor === undefined ? undefined : numberOf(cursor);
    const wanted = {
      ...(since && { since }),
      ...(actor !== undefined && { actor }),
      ...(post !== undefined && { post }),
      ...(name !== undefined && { act: name }),
      ...(before !== undefined && { before }),
    };
    // One more shows whether there is another page.
    const found = await audit.list({ ...wanted, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
  },
  document: (answer) => answer,
});

/** @throws PostriderError `invalid` */
function numberOf(cursor: string): string {
  if (/^[1-9]\d{0,17}$/.test(cursor)) return cursor;
  throw new PostriderError("invalid", "The cursor is not one of the audit log", {
    hint: "Use `next` of the page before, or leave the cursor out for the first page.",
  });
}
