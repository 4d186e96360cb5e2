/** `npm run api-types`: writes the types of the client that the tests use. */

import { writeFileSync } from "node:fs";
import { apiTypes, typesFile } from "./tools.ts";

writeFileSync(typesFile, await apiTypes());
