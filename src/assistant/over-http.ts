/** Answers one request of an assistant over HTTP. Every request stands alone, so any process can answer it. */

import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";

export async function answerOverHttp(request: Request, server: Server): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  // The package's types don't allow for `exactOptionalPropertyTypes`.
  await server.connect(transport as Parameters<Server["connect"]>[0]);
  try {
    return await transport.handleRequest(request);
  } finally {
    await server.close();
  }
}
