/** Reads the description of the API, and prints what Spectral's rules for OpenAPI find in it, one finding a line. */

import { text } from "node:stream/consumers";
import spectralCore from "@stoplight/spectral-core";
import rulesets from "@stoplight/spectral-rulesets";

const names = ["error", "warn", "info", "hint"];
const spectral = new spectralCore.Spectral();
// The summary of an operation says it already, and every server belongs to somebody else.
const off = { "operation-description": "off", "info-contact": "off" };
spectral.setRuleset({ extends: [[rulesets.oas, "recommended"]], rules: off });
for (const { severity, code, message, path } of await spectral.run(await text(process.stdin)))
  process.stdout.write(`${names[severity]} ${code}: ${message} (${path.join("/")})\n`);
