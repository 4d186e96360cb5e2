/** Reads the description of the API, and prints the types of a client. */

import { text } from "node:stream/consumers";
import openapiTS, { astToString } from "openapi-typescript";

const types = await openapiTS(await text(process.stdin));
process.stdout.write(`/** Made from the description of the API by \`npm run api-types\`. */\n\n${astToString(types)}`);
