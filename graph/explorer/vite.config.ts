import { defineConfig } from "vite";

// One relative base serves "/", a sub-path and, later, a single file; nothing is inlined that a
// strict Content-Security-Policy would refuse.
export default defineConfig({
  base: "./",
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
