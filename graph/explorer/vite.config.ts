import { defineConfig, type Plugin } from "vite";

// An address that opens a picture needs Cytoscape's chunk, and the start page wants it next: it is fetched and read beside the
// page's own script and not after it.
const early: Plugin = {
  name: "early",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle }) =>
      Object.values(bundle ?? {})
        .filter((each) => each.type === "chunk" && ["around", "graph"].includes(each.name))
        .map((each) => ({ tag: "link", attrs: { rel: "modulepreload", href: `./${each.fileName}` }, injectTo: "head" as const })),
  },
};

// One relative base serves "/", a sub-path and, later, a single file; nothing is inlined that a
// strict Content-Security-Policy would refuse.
export default defineConfig({
  base: "./",
  plugins: [early],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: true,
    license: { fileName: "licenses.md" },
  },
});
