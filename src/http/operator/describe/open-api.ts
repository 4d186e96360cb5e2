/** The description of the API for programs (OpenAPI 3.1), made from the routes and the schemas of their acts. */

import { resourceRoutes } from "../resources/all.ts";
import { headers, problemResponses, problemSchema } from "./answers.ts";
import { eventPath } from "./events.ts";
import { operation, tagOf } from "./operation.ts";
import { verbs } from "./verbs.ts";

const tags: Readonly<Record<string, string>> = {
  posts: "What was published, and publishing",
  webhooks: "Addresses that are told what happens",
  "webhook-messages": "Messages to webhooks, and their attempts",
  plans: "What publishing would do, and carrying out exactly that",
  publications: "Decisions to publish",
  campaigns: "Mailings",
  deliveries: "One post to one recipient on one channel",
  jobs: "Declared jobs and their editions",
  subscribers: "Readers",
  resubscriptions: "Readers who come back",
  lists: "Mailing lists",
  segments: "Named parts of lists",
  suppressions: "Addresses that get no email",
  bounces: "What came back",
  channels: "Destinations and their health",
  workers: "Processes that send",
  feeds: "Documents of feeds",
  events: "What happens, as it happens",
  people: "People and their roles",
  tokens: "Keys of programs",
  "audit-log": "Who did what",
};

function pathsOf(): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of [...verbs, ...resourceRoutes]) {
    const methods = paths[route.path] ?? {};
    methods[route.method] = operation(route);
    paths[route.path] = methods;
  }
  return paths;
}

const paths = { ...pathsOf(), "/events": eventPath };

export const openApiDocument = {
  openapi: "3.1.0",
  info: {
    title: "Postrider",
    version: "1",
    description: "Publish, republish and control mailings from programs.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name, description: tags[name] ?? name })),
  components: {
    securitySchemes: { token: { type: "http", scheme: "bearer" } },
    headers,
    schemas: { Problem: problemSchema },
    responses: problemResponses,
  },
  paths,
};
