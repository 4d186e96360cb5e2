/** The routes of people and tokens, as the description of the API shows them. */

import { addPerson, removePerson, setRole } from "#desk/people/people.ts";
import { createToken, revokeToken } from "#desk/people/tokens.ts";
import { personRoutes, tokenLooks } from "../resources/people.ts";
import type { Verb } from "./operation.ts";

const ofPerson = { names: { name: "person" } };
const taken = "The name is in use.";

/** The path has no name, so the body has it. */
const personBody = addPerson.asks.omit({ person: true }).extend({ name: addPerson.asks.shape.person });
const tokenBody = createToken.asks.omit({ token: true }).extend({ name: createToken.asks.shape.token });

export const peopleVerbs: readonly Verb[] = [
  ...personRoutes,
  {
    ...{ id: "addPerson", method: "post", path: "/people" },
    summary: "Add a person. Nobody can give a role that may do more than they may",
    ...{ act: addPerson, body: personBody, status: 201, conflict: taken, example: { name: "ada", role: "publisher" } },
  },
  {
    ...{ id: "removePerson", method: "delete", path: "/people/{name}" },
    summary: "Remove a person and end their sessions",
    ...{ act: removePerson, ...ofPerson },
  },
  {
    ...{ id: "setRole", method: "put", path: "/people/{name}/role" },
    summary: "Change a role. If the person may do less after it, their sessions end",
    ...{ act: setRole, ...ofPerson },
  },
  ...tokenLooks,
  {
    ...{ id: "createToken", method: "post", path: "/tokens" },
    summary: "Create a token. Only this answer contains it. Nobody can give a token more than they have",
    ...{ act: createToken, body: tokenBody, status: 201, conflict: taken },
    example: { name: "deploy", scopes: ["publish"] },
  },
  {
    ...{ id: "revokeToken", method: "delete", path: "/tokens/{name}" },
    summary: "Revoke a token: it is not valid any more",
    ...{ act: revokeToken, names: { name: "token" }, conflict: "It has already been revoked." },
  },
];
