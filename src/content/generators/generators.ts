/**
 * What each site generator's files tell about a blog: settings, where posts are, and which folder is copied unchanged.
 */

import { type GeneratorFile, mapping, text } from "./generator-files.ts";

export type Fact = "title" | "url" | "description" | "language" | "timezone" | "permalink" | "folder" | "built";
export type Facts = Partial<Record<Fact, unknown>>;

export interface Generator {
  title: string;
  /** Its possible configuration files. The first one counts. */
  files: readonly string[];
  read(file: GeneratorFile): Facts;
  /** Usual folders of posts; `*` is any folder, `{in}` the source folder in the configuration. */
  folders: readonly string[];
  /** The folder that it copies unchanged into the site; empty: see its configuration. */
  copied: string;
  /** The folder that each build replaces, unless the configuration names another one. */
  built: string;
  /** Code makes the addresses of posts, so the preset's pattern is only a guess. */
  addressesInCode?: true;
  /** What to change so that our own files are not in the site, and the feeds are. @param base - the folder that it builds from */
  advice?(base: string | undefined): string[];
}

const blogFolders = ["blog", "posts", "post", "articles", "news"];
const within = (folder: string): string[] => blogFolders.map((name) => `${folder}/${name}`);
const endings = (names: readonly string[], kinds: readonly string[]): string[] =>
  names.flatMap((name) => kinds.map((kind) => `${name}.${kind}`));

export const generators: Readonly<Record<string, Generator>> = {
  "gatsby-decap": {
    title: "Gatsby",
    files: [...endings(["gatsby-config"], ["js", "ts", "mjs"]), "static/admin/config.yml"],
    read({ data }) {
      if (data["collections"]) return { url: data["site_url"], folder: decapFolder(data["collections"]) };
      const { title, siteUrl, url, description, language, lang } = mapping(data["siteMetadata"]);
      const plugins = Array.isArray(data["plugins"])
        ? data["plugins"].map((each) => mapping(mapping(each)["options"]))
        : [];
      const posts = plugins.find(({ name, path }) => isBlog(name) && typeof path === "string");
      return {
        ...{ title, description, language: language ?? lang, folder: posts?.["path"] },
        url: joined(siteUrl ?? url, data["pathPrefix"]),
      };
    },
    folders: ["src/pages/blog", ...within("content"), "src/content/blog", "src/content/posts", ...blogFolders],
    ...{ copied: "static", built: "public", addressesInCode: true },
  },
  hugo: {
    title: "Hugo",
    files: endings(
      ["hugo", "config", "config/_default/hugo", "config/_default/config"],
      ["toml", "yaml", "yml", "json"],
    ),
    read({ data }) {
      const language = data["languageCode"] ?? data["locale"] ?? data["defaultContentLanguage"];
      const own = mapping(mapping(data["languages"])[String(data["defaultContentLanguage"] ?? "en")]);
      return {
        ...{ title: data["title"] ?? own["title"], url: data["baseURL"] ?? data["baseurl"], language },
        description: mapping(data["params"])["description"] ?? mapping(own["params"])["description"],
        timezone: data["timeZone"],
        built: data["publishDir"],
        folder: own["contentDir"] ?? data["contentDir"],
      };
    },
    folders: [...within("{in}"), ...within("content"), ...within("content/*"), "content"],
    ...{ copied: "static", built: "public" },
  },
  jekyll: {
    title: "Jekyll",
    files: ["_config.yml", "_config.yaml"],
    read: ({ data }) => ({
      ...{ title: data["title"] ?? data["name"], description: data["description"] ?? data["tagline"] },
      ...{ url: joined(data["url"], data["baseurl"]), language: data["lang"] ?? data["locale"] },
      ...{ timezone: data["timezone"], folder: data["source"] ?? data["collections_dir"], built: data["destination"] },
    }),
    folders: ["{in}/_posts", "_posts", "src/_posts", "*/_posts", "*/*/_posts"],
    ...{ copied: "", built: "_site" },
    advice: (base) =>
      base
        ? []
        : [
            "Jekyll copies every file of this folder into the site. Add to _config.yml: exclude: [postrider.yaml, jobs, templates]",
          ],
  },
  hexo: {
    title: "Hexo",
    files: ["_config.yml", "_config.yaml"],
    read: ({ data }) => ({
      ...{ title: data["title"], description: text(data["description"]) ?? data["subtitle"], url: data["url"] },
      ...{
        language: [data["language"]].flat()[0],
        timezone: data["timezone"],
        folder: data["source_dir"],
        built: data["public_dir"],
      },
    }),
    folders: ["{in}/_posts", "source/_posts"],
    ...{ copied: "source", built: "public" },
  },
  zola: {
    title: "Zola",
    files: ["zola.toml", "config.toml"],
    read: ({ data }) => ({
      ...{ title: data["title"], description: data["description"], url: data["base_url"] },
      ...{ language: data["default_language"] ?? "en", built: data["output_dir"] },
    }),
    folders: [...within("content"), "content"],
    ...{ copied: "static", built: "public" },
  },
  astro: {
    title: "Astro",
    files: [
      ...endings(["astro.config"], ["mjs", "ts", "js"]),
      ...endings(["src/consts", "src/config", "src/site.config", "src/siteConfig"], ["ts", "js", "mjs"]),
    ],
    read({ data, constants }) {
      const site = mapping(constants["SITE"] ?? constants["siteConfig"] ?? constants["site"]);
      return {
        title: constants["SITE_TITLE"] ?? site["title"],
        description: constants["SITE_DESCRIPTION"] ?? site["description"] ?? site["desc"],
        url: joined(data["site"], data["base"]) ?? site["website"] ?? site["url"],
        language: mapping(data["i18n"])["defaultLocale"] ?? site["lang"],
        ...{ timezone: site["timezone"], built: data["outDir"] },
      };
    },
    folders: [...within("src/content"), "src/content/docs/blog", ...within("src/data"), ...within("src/pages")],
    ...{ copied: "public", built: "dist", addressesInCode: true },
  },
  docusaurus: {
    title: "Docusaurus",
    files: endings(["docusaurus.config"], ["js", "ts", "mjs"]),
    read({ data }) {
      const presets = (Array.isArray(data["presets"]) ? data["presets"] : []) as unknown[];
      const [blog = {}] = presets.flatMap((each) => (Array.isArray(each) ? [mapping(mapping(each[1])["blog"])] : []));
      const base = text(mapping(blog)["routeBasePath"]);
      return {
        ...{ title: data["title"], description: data["tagline"], url: joined(data["url"], data["baseUrl"]) },
        ...{ language: mapping(data["i18n"])["defaultLocale"] ?? "en", folder: mapping(blog)["path"] },
        ...(base !== undefined &&
          base !== "blog" && { permalink: `/${base.replace(/^\/|\/$/g, "")}/:date/:slug_path` }),
      };
    },
    folders: ["blog"],
    ...{ copied: "static", built: "build" },
  },
  eleventy: {
    title: "Eleventy",
    files: [
      ...endings(["eleventy.config"], ["js", "mjs", "cjs", "ts"]),
      ".eleventy.js",
      ...["", "src/", "content/"].flatMap((folder) =>
        endings(
          [`${folder}_data/metadata`, `${folder}_data/site`, `${folder}_data/meta`],
          ["json", "js", "mjs", "yaml"],
        ),
      ),
    ],
    read({ name, data, constants }) {
      if (!name.includes("_data/")) {
        const { input, output } = mapping(data["dir"] ?? mapping(constants["config"])["dir"]);
        return { folder: input, built: output };
      }
      const { title, name: called, url, description, language, lang } = data;
      return { title: title ?? called, url, description, language: language ?? lang };
    },
    folders: [...within("{in}"), ...within("{in}/content"), ...within("content"), ...within("src"), ...blogFolders],
    ...{ copied: "", built: "_site", addressesInCode: true },
    advice: (base) => [
      'Eleventy copies only the files in its configuration. Add this line to it: eleventyConfig.addPassthroughCopy("feeds")',
      ...(base ? [] : ["Eleventy turns every Markdown file into a page. Add jobs and templates to .eleventyignore."]),
    ],
  },
};

function isBlog(name: unknown): boolean {
  return /blog|posts?$|articles?|news/i.test(String(name ?? ""));
}

/** The folder of the blog's collection in Decap CMS. */
function decapFolder(collections: unknown): unknown {
  const all = (Array.isArray(collections) ? collections : []).map(mapping);
  const blog = all.find(({ name, folder }) => text(folder) && isBlog(name)) ?? all.find(({ folder }) => isBlog(folder));
  return blog?.["folder"];
}

function joined(url: unknown, base: unknown): unknown {
  const path = text(base)?.replace(/^\/+|\/+$/g, "");
  return text(url) === undefined || !path ? url : `${String(url).replace(/\/+$/, "")}/${path}`;
}
