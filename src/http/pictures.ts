/** Serves pictures of emails. A file's name is a hash of its content, so it never changes. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";

const types: Record<string, string> = { jpg: "image/jpeg", png: "image/png", gif: "image/gif" };

/** @param dir - the folder into which `render` writes pictures that are on no site */
export function pictureRoutes(dir: string): Hono {
  const app = new Hono();
  // Only names of this form are looked up, so no path leads out of the folder.
  app.get("/pictures/:name{[0-9a-f]{24}\\.(?:jpg|png|gif)}", async (context) => {
    const name = context.req.param("name");
    const bytes = await readFile(join(dir, name)).catch(() => null);
    if (!bytes) return context.notFound();
    const headers = {
      "content-type": types[name.slice(25)] ?? "application/octet-stream",
      "content-length": String(bytes.length),
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      // Web mail loads pictures through its own proxy or in its own page.
      "cross-origin-resource-policy": "cross-origin",
    };
    return new Response(context.req.method === "HEAD" ? null : bytes, { headers });
  });
  return app;
}
