/** `GET /events` in the description of the API: its answer is a stream, and not one document. */

import { jsonSchemaOf } from "#desk/answers/json-schema.ts";
import { liveEvent } from "#desk/events/watch.ts";
import { failures } from "./answers.ts";

const example = `event: campaign.progress
data: {"at":"2027-01-05T09:00:00.000Z","post":"hello.md","publication":"6f1c0c1e-5d0a-4f0e-9d7e-0d7a3a4b5c6d","channel":"newsletter","data":{"changes":{"accepted":380}}}
id: 1042

`;

export const eventPath = {
  get: {
    operationId: "followEvents",
    tags: ["events"],
    summary: "Follow what happens, as server-sent events",
    parameters: [
      {
        ...{ name: "Last-Event-ID", in: "header", required: false, example: "1042" },
        description: "The last id that you have. Default: only what happens from now on.",
        schema: { type: "string", pattern: "^\\d{1,18}$" },
      },
    ],
    responses: {
      200: {
        description: "A stream. The name of each event is its kind; `data` has the other fields as JSON.",
        content: {
          "text/event-stream": { schema: { type: "string", contentSchema: jsonSchemaOf(liveEvent) }, example },
        },
      },
      ...failures({ takes: true, names: false, isOnce: false, isConditional: false }),
    },
  },
};
