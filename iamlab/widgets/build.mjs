// Bundles the browser's side of the widgets into static/. `npm ci && npm run build`.
//
// Both built files carry the digest of everything they were built from, so that a test without Node can tell whether
// they are current, and so that two versions on one page do not meet under one name.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "static");

/** SHA-256 over the names and contents of all sources, in the order of their names. `bundle.py` computes the same. */
function sourceDigest() {
  const names = ["build.mjs", "package-lock.json", "package.json"];
  for (const folder of ["css", "js"]) {
    names.push(...readdirSync(join(here, folder)).map((name) => `${folder}/${name}`));
  }
  const hash = createHash("sha256");
  for (const name of names.sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(here, name))).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

const digest = sourceDigest();
const shared = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* iamlab, built from ${digest} */` },
  define: { BUILD: JSON.stringify(digest) },
  loader: { ".css": "text" },
  logLevel: "warning",
};

await build({ ...shared, entryPoints: [join(here, "js/loader.js")], outfile: join(out, "loader.js") });
await build({ ...shared, entryPoints: [join(here, "js/index.js")], outfile: join(out, "code.js") });
