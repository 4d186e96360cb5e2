/** Runs every check over a body. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { boundsReached } from "./bounds.ts";
import type { Check, CheckedBody } from "./checked-body.ts";
import { imageAlternatives } from "./images.ts";
import { linkTargets } from "./links.ts";
import { brokenLetters, brokenTable, mergeConflict, spacedLink, unclosedFence, visibleMath } from "./mistakes.ts";
import {
  bodyHeading,
  brokenComment,
  brokenLink,
  generatorSyntax,
  moduleSyntax,
  templateSyntax,
  todo,
  unknownTag,
  unresolvedReference,
  unspacedHeading,
  visibleEmphasis,
} from "./residue.ts";

/** The findings of all checks, at most 100 of a kind. Lines count from 1 in the body. */
export function checkBody(body: CheckedBody): Diagnostic[] {
  return checks.flatMap((check) => [...firstFew(check(body))]);
}

const checks: readonly Check[] = [
  templateSyntax,
  moduleSyntax,
  unresolvedReference,
  brokenLink,
  todo,
  generatorSyntax,
  unknownTag,
  brokenComment,
  visibleEmphasis,
  unspacedHeading,
  bodyHeading,
  spacedLink,
  visibleMath,
  mergeConflict,
  brokenTable,
  unclosedFence,
  brokenLetters,
  linkTargets,
  imageAlternatives,
  boundsReached,
];

/** More findings of one kind are not useful, and a hostile post could have a million. */
const maxFindings = 100;

function* firstFew(findings: Iterable<Diagnostic>): Generator<Diagnostic> {
  let count = 0;
  for (const each of findings) {
    if (++count > maxFindings) return;
    yield each;
  }
}
