import { describe, expect, it } from "vitest";
import { wordsFor } from "#render/words/words.ts";

describe("The interface's words", () => {
  it.each(["en", "de", "fr", "es", "ja", "ar"])("are complete in %s, and contain the given values", (language) => {
    const words = wordsFor(`${language}-XX`);
    expect(words.language).toBe(language);
    expect(words.direction).toBe(language === "ar" ? "rtl" : "ltr");
    for (const [name, word] of Object.entries(words)) if (typeof word === "string") expect(word, name).not.toBe("");
    expect(words.by("Ada")).toContain("Ada");
    expect(words.minutes(7)).toContain("7");
    expect(words.media("example.org")).toContain("example.org");
    expect(words.image("a lamp")).toContain("a lamp");
    expect(words.reason("Letters", "The Room")).toMatch(/Letters.*The Room|The Room.*Letters/);
    expect(words.reason("The Room", "The Room")).toContain("The Room");
    expect(Object.values(words.callouts)).toHaveLength(5);
    if (language !== "en") expect(words.unsubscribe).not.toBe(wordsFor("en").unsubscribe);
  });

  it("are English for other languages", () => {
    expect(wordsFor("tlh").language).toBe("en");
  });
});
