/** The web server: one listener with all routes. */

import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { ConsoleMount } from "./console/mount.ts";
import { mountConsole } from "./console/mount.ts";
import type { SignInPorts } from "./console/sign-in/ports.ts";
import { signInRoutes } from "./console/sign-in/routes.ts";
import type { FeedLibrary } from "./feeds/feed-library.ts";
import { feedRoutes } from "./feeds/feeds.ts";
import { type GitHook, gitHookRoutes } from "./machines/git-hook.ts";
import { type Health, healthRoutes } from "./machines/health.ts";
import { type Metrics, metricsRoutes } from "./machines/metrics.ts";
import { type Api, apiRoutes } from "./operator/api.ts";
import { type EditionPorts, editionRoutes } from "./operator/editions.ts";
import { type Assistants, mcpRoutes } from "./operator/mcp.ts";
import { problem } from "./operator/problems.ts";
import { page } from "./pages.ts";
import { pictureRoutes } from "./pictures.ts";
import { type ReaderPorts, readerRoutes } from "./readers/routes.ts";
import { type WebhookPorts, webhookRoutes } from "./webhooks/routes.ts";

export interface ServerPorts {
  feeds: FeedLibrary;
  health: Health;
  metrics?: Metrics;
  api?: Api;
  assistants?: Assistants;
  webhooks?: WebhookPorts;
  git?: GitHook;
  editions?: EditionPorts;
  readers?: ReaderPorts;
  console?: ConsoleMount;
  signIn?: SignInPorts;
  /** The folder with the pictures of emails. */
  picturesDir?: string;
  log: Log;
}

export interface Server extends AsyncDisposable {
  /** The address on which it listens. */
  url: string;
}

/** @param listen - `host:port`; port 0 lets the system choose. @throws PostriderError `unavailable` when the port is taken. */
export async function openServer(listen: { host: string; port: number }, ports: ServerPorts): Promise<Server> {
  const app = new Hono();
  app.route("/", healthRoutes(ports.health));
  if (ports.metrics) app.route("/", metricsRoutes(ports.metrics));
  if (ports.api) app.route("/api/v1", apiRoutes(ports.api));
  if (ports.assistants) app.route("/mcp", mcpRoutes(ports.assistants));
  if (ports.signIn) app.route("/", signInRoutes(ports.signIn));
  if (ports.git) app.route("/", gitHookRoutes(ports.git));
  if (ports.webhooks) app.route("/", webhookRoutes(ports.webhooks));
  if (ports.editions) app.route("/", editionRoutes(ports.editions));
  if (ports.console) mountConsole(app, ports.console);
  if (ports.readers) app.route("/", readerRoutes(ports.readers));
  if (ports.picturesDir) app.route("/", pictureRoutes(ports.picturesDir));
  app.route("/", feedRoutes(ports.feeds));
  app.notFound((context) => plainWords(context, 404, "Page not found"));
  app.onError((error, context) => {
    ports.log.error("a request failed", {
      path: context.req.path.replace(/(?<=^\/[\w-]+\/).*/, "…"),
      error: error.message,
    });
    const words = "An error occurred on this server. It was logged";
    return context.req.path.startsWith("/api/")
      ? problem(context, new PostriderError("internal", words))
      : plainWords(context, 500, words);
  });
  const server = await started(app, listen);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      const closeIdle = (): void => {
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      };
      closeIdle();
      // A browser uses a connection again, for example to follow events: that would last as long as its window is open.
      const timer = setInterval(closeIdle, closeIdleMs);
      await closed;
      clearInterval(timer);
    },
  };
}

const closeIdleMs = 100;

/** A connection costs memory and a file descriptor, and who opens many says nothing on them. */
const mostConnections = 10_000;
/** From the connection on, and from the first byte of a request to its last. */
const patience = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 2_000 };

function started(app: Hono, { host, port }: { host: string; port: number }): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, hostname: host, port, serverOptions: patience };
    const server = serve(options, () => resolve(server));
    server.maxConnections = mostConnections;
    server.once("error", (error) => reject(notListening(error, `${host}:${port}`)));
  });
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program already uses this port",
  EADDRNOTAVAIL: "this machine does not have this address",
  EACCES: "this user is not allowed to use this port",
};

function notListening(cause: NodeJS.ErrnoException, address: string): PostriderError {
  const reason = reasons[cause.code ?? ""] ?? messageOf(cause);
  return new PostriderError("unavailable", `Can't listen on ${address}: ${reason}`, {
    hint: "Choose another with --host and --port, or as `server.listen` in postrider.yaml.",
    cause,
  });
}

/** A page for browsers, a line of text for programs. */
function plainWords(context: Context, status: 404 | 500, words: string): Response {
  if (!/\btext\/html\b/.test(context.req.header("accept") ?? "")) return context.text(`${words}.\n`, status);
  return context.html(page({ title: words, language: "en", body: `<h1>${words}.</h1>` }), status);
}
