import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env.MILLRACE_SERVER ?? "http://localhost:3000";

// The page of components is a build of its own, so that nothing of it is in the client that is deployed.
export default defineConfig(({ mode }) => ({
  ...(mode === "components" ? { base: "/_local/components/", publicDir: false as const } : {}),
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    ...(mode === "components"
      ? { outDir: "dist-components", rolldownOptions: { input: "components.html" } }
      : {}),
    // `light-dark()` is understood from these on; older targets would have every token written twice.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    target: ["chrome123", "firefox120", "safari17.5"],
  },
  server: {
    proxy: {
      "/api": { target: server },
      "/s/": { target: server },
      "/avatars": { target: server },
      "/live": { target: server, ws: true },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "client",
          include: ["src/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          setupFiles: ["./src/testing/setup.ts"],
          css: false,
        },
      },
      { test: { name: "lint", include: ["*.test.ts"], environment: "node", testTimeout: 60_000 } },
    ],
    // Without style sheets nothing can be scrolled, which the library takes for a mistake.
    onConsoleLog: (log) => !log.includes("Auto scrolling has been attached"),
    restoreMocks: true,
    unstubGlobals: true,
  },
}));
