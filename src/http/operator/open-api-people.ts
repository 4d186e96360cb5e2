/** People and tokens in the description of the API. */

import { permissions, roles } from "#core/people/permission.ts";
import { addPerson, listPeople, removePerson, setRole } from "#desk/people/people.ts";
import { createToken, listTokens, revokeToken } from "#desk/people/tokens.ts";
import { adds, finds, revokes, shows } from "./open-api-answers.ts";
import { bodyWith } from "./open-api-body.ts";

const name = { name: "name", in: "path", required: true, schema: { type: "string" } };
const newName = { type: "string", maxLength: 60, description: "Recorded with everything that is done under it." };
const names = (of: string) => ({
  type: "array",
  items: { type: "string" },
  minItems: 1,
  description: `Only these ${of}. Default: all.`,
});
const limits = { channels: names("channels"), lists: names("lists") };
const role = { enum: roles, description: "Each role may do everything that the role before it may do." };

export const peoplePaths = {
  "/people": {
    get: { summary: "All people, with their roles", responses: shows(listPeople) },
    post: {
      summary: "Add a person. Nobody can give a role that may do more than they may",
      requestBody: bodyWith({ name: newName, role, email: { type: "string", format: "email" }, ...limits }, ["name"]),
      responses: adds(addPerson),
    },
  },
  "/people/{name}": {
    parameters: [name],
    delete: { summary: "Remove a person and end their sessions", responses: finds(removePerson) },
  },
  "/people/{name}/role": {
    parameters: [name],
    put: {
      summary: "Change a role. If the person may do less after it, their sessions end",
      requestBody: bodyWith({ role }, ["role"]),
      responses: finds(setRole),
    },
  },
  "/tokens": {
    get: { summary: "All tokens, newest first, without their secrets", responses: shows(listTokens) },
    post: {
      summary: "Create a token. Only this answer contains it. Nobody can give a token more than they have",
      requestBody: bodyWith(
        {
          name: newName,
          scopes: {
            type: "array",
            items: { enum: [...new Set([...permissions, ...roles])] },
            minItems: 1,
            description: "Permissions, or names of roles for all their permissions.",
          },
          expiresAt: { type: "string", format: "date-time", description: "Default: the token has no end." },
          ...limits,
        },
        ["name", "scopes"],
      ),
      responses: adds(createToken),
    },
  },
  "/tokens/{name}": {
    parameters: [name],
    delete: { summary: "Revoke a token: it is not valid any more", responses: revokes(revokeToken) },
  },
} as const;
