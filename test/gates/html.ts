/** The markup, by html-validate, with the rules that a mail can't keep switched off, each for a reason. */

import { HtmlValidate } from "html-validate/node";
import type { Finding, Mail } from "./mail.ts";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Mail clients strip style sheets and know old attributes: both are what makes a mail work.
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // Older screen readers in mail programs know `presentation` and not `none`.
    "presentation-role-style": "off",
    // Written by MJML.
    "prefer-tbody": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "no-conditional-comment": "off",
    "doctype-style": "off",
    "attr-quotes": "off",
    "no-implicit-button-type": "off",
    "prefer-native-element": "off",
    "long-title": "off",
    "tel-non-breaking": "off",
    // A group of boxes has one name, as in every form.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
  },
});

export async function htmlGate(mails: readonly Mail[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { name, html } of mails) {
    const { results } = await validator.validateString(html);
    for (const { ruleId, message, line } of results.flatMap(({ messages }) => messages))
      found.push({ mail: name, text: `${line}: ${ruleId} ${message}` });
  }
  return found;
}
