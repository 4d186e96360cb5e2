/** Prints a list that the desk gives in pages: one after the other, so that a long one is not in memory as text. */

import type { z } from "zod";
import type { App } from "#app.ts";
import type { Act } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { act, documentOf } from "./act.ts";
import type { Context } from "./context.ts";

const pageSize = 200;

interface Page<Item> {
  items: readonly Item[];
  next: string | null;
}

/** @param asked - the filter. @param text - of a page. @param empty - the sentence for no items. With `--json`, it is one document. */
export async function printPages<
  Asked extends z.ZodType,
  Item,
  Answered extends z.ZodType<Page<unknown>, Page<unknown>>,
>(
  context: Context,
  app: App,
  listing: Act<Asked, Page<Item>, DeskPorts, Answered>,
  asked: object,
  { text, empty }: { text(items: readonly Item[]): string; empty: string },
): Promise<void> {
  const { terminal } = context;
  let cursor: string | undefined;
  const all: unknown[] = [];
  do {
    const wanted = { ...asked, limit: pageSize, ...(cursor && { cursor }) } as z.input<Asked>;
    const answer = await act(context, app, listing, wanted);
    if (terminal.json) all.push(...documentOf(listing, answer).items);
    else if (answer.items.length > 0) terminal.print(text(answer.items));
    else if (!cursor) terminal.print(empty);
    cursor = answer.next ?? undefined;
  } while (cursor);
  if (terminal.json) terminal.printJson({ items: all, next: null });
}
