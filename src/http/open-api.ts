/** The API, described for programs (OpenAPI 3.1). */

const campaignId = {
  name: "id",
  in: "path",
  required: true,
  description: "The campaign's id, or enough of its beginning.",
  schema: { type: "string" },
};
const reason = {
  required: false,
  content: {
    "application/json": {
      schema: {
        type: "object",
        additionalProperties: false,
        properties: { reason: { type: "string", maxLength: 500 }, channel: { type: "string" } },
      },
    },
  },
};
const answers = {
  200: { description: "As it is now.", content: { "application/json": {} } },
  401: { description: "The token is missing or wrong.", content: { "application/problem+json": {} } },
};
const found = {
  ...answers,
  404: { description: "There is no such campaign.", content: { "application/problem+json": {} } },
};
const changed = { ...found, 409: { description: "It was cancelled.", content: { "application/problem+json": {} } } };

export const openApiDocument = {
  openapi: "3.1.0",
  info: { title: "Postrider", version: "1", description: "What operators' programs may ask and do." },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  paths: {
    "/posts": { get: { summary: "Every post by channel: how many deliveries are in each state", responses: answers } },
    "/campaigns": { get: { summary: "Every campaign, newest first", responses: answers } },
    "/campaigns/{id}": {
      parameters: [campaignId],
      get: { summary: "States, rate and time left", responses: found },
    },
    "/campaigns/{id}/audit": { parameters: [campaignId], get: { summary: "Do the sums add up?", responses: found } },
    "/campaigns/{id}/pause": {
      parameters: [campaignId],
      put: { summary: "Send nothing more until it is resumed", requestBody: reason, responses: changed },
      delete: { summary: "Go on", requestBody: reason, responses: changed },
    },
    "/campaigns/{id}/cancellation": {
      parameters: [campaignId],
      put: { summary: "Send nothing more, ever", requestBody: reason, responses: changed },
    },
  },
} as const;
