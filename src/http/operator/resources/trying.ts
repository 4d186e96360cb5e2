/** Checks and previews of a post over HTTP. */

import type { Hono } from "hono";
import { z } from "zod";
import type { DeskPorts } from "#desk/ports.ts";
import { checkPosts } from "#desk/posts/check.ts";
import { previewPost } from "#desk/posts/preview.ts";
import { checkNamed, previewNamed, type TryingPorts } from "#desk/posts/trying.ts";
import { answerFile } from "../../preview-file.ts";
import { callerOf } from "../caller.ts";
import { readQuery } from "../query.ts";
import { type Route, resource } from "../route.ts";

const asks = z.strictObject({ post: z.string().min(1) });
const names = { post: "post" };

/** As the description shows them. */
export const tryingRoutes: readonly Route[] = [
  {
    ...{ id: "checkPost", method: "get", path: "/posts/{post}/check" },
    summary: "Read and render a post for every channel, and list its problems with their lines",
    ...{ act: { ...checkPosts, asks } as unknown as Route["act"], names },
  },
  {
    ...{ id: "previewPost", method: "get", path: "/posts/{post}/preview" },
    summary: "What each channel would send, as files. `/posts/{post}/preview/{file}` answers with one of them",
    ...{ act: previewPost as unknown as Route["act"], names },
  },
];

export function serveTrying(app: Hono, ports: { desk: DeskPorts; trying: TryingPorts }): void {
  app.get("/posts/:post/check", async (context) => {
    readQuery(new URL(context.req.url).searchParams, {});
    const answer = await checkNamed(context.req.param("post"), callerOf(context, checkPosts), ports);
    return resource(context, checkPosts.document(answer, ports.desk));
  });
  app.get("/posts/:post/preview", async (context) => {
    readQuery(new URL(context.req.url).searchParams, {});
    const answer = await previewNamed(context.req.param("post"), callerOf(context, previewPost), ports);
    return resource(context, previewPost.document(answer, ports.desk));
  });
  app.get("/posts/:post/preview/:file", async (context) => {
    const { files } = await previewNamed(context.req.param("post"), callerOf(context, previewPost), ports);
    return answerFile(context, files, context.req.param("file"));
  });
}
