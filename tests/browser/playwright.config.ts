import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const system = "/usr/bin/chromium";
// Named, else the system's, else Playwright's own.
const chromium = process.env.CHROMIUM ?? (existsSync(system) ? system : undefined);

export default defineConfig({
  testDir: ".",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    baseURL: process.env.MILLRACE_URL ?? "http://localhost:3000",
    viewport: { width: 1640, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
