/** What is installed is what was chosen: every package has a hash, a reason, and no script that nobody looked at. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string): string => readFileSync(`${root}/${name}`, "utf8");

interface Locked {
  integrity?: string;
  resolved?: string;
  inBundle?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const packages = Object.entries(
  (JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
const named = (wanted: (locked: Locked) => boolean): string[] =>
  packages.filter(([, locked]) => wanted(locked)).map(([path]) => nameOf(path));
const manifest = JSON.parse(read("package.json")) as {
  dependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

it("locks every package to its content, and to no address", () => {
  expect(packages.length).toBeGreaterThan(400);
  // One in a bundle has the hash of the package around it.
  expect(named(({ integrity, inBundle }) => !inBundle && !integrity?.startsWith("sha512-"))).toEqual([]);
  expect(named(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it("runs no script at install that nobody has decided about", () => {
  const scripted = named(({ hasInstallScript }) => hasInstallScript === true);
  expect(scripted.sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  const production = named(({ hasInstallScript, dev }) => hasInstallScript === true && !dev);
  expect(production.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
});

it("says of every package what it is for", () => {
  const table = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name = ""]) => name);
  expect(table).toEqual(Object.keys(manifest.dependencies));
});

it("prints a bill of materials of what production installs", () => {
  const text = execFileSync("npm", ["run", "--silent", "sbom"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  const bill = JSON.parse(text) as { bomFormat: string; components: { name: string; group?: string }[] };
  expect(bill.bomFormat).toBe("CycloneDX");
  const names = bill.components.map(({ name }) => name);
  expect(names).toContain("nodemailer");
  expect(names).not.toContain("vitest");
});

it("hands no input of the action to a shell as text, and runs the image without rights", () => {
  const { runs } = parse(read("action.yml")) as { runs: { steps: { run: string }[] } };
  expect(runs.steps.filter(({ run }) => run.includes("${{"))).toEqual([]);
  const [, image = ""] = read("Dockerfile")
    .split(/^FROM .*slim$/m)
    .slice(-2);
  expect(image).toMatch(/^USER node$/m);
  const { services } = parse(read("docker-compose.yml")) as { services: { app: Record<string, unknown> } };
  expect(services.app).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
});
