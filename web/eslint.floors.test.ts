import { ESLint } from "eslint";
import { readdirSync, readFileSync } from "node:fs";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { areaUses, roomUses } from "./eslint.floors.js";

// The client's own configuration, without the rules that need types: a file that is made up here has none.
const eslint = new ESLint({
  cwd: import.meta.dirname,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ] as ESLint.Options["overrideConfig"],
});

/** What the import rules find in a file, by the rule's name and the message. */
async function breaches(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `src/${file}` });
  const found = result?.messages ?? [];
  expect(found.filter(({ fatal }) => fatal)).toEqual([]);
  return found
    .filter(({ ruleId }) => ruleId?.startsWith("import-x/"))
    .map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

const imports = (module: string) => `import * as it from "${module}";\nexport const kept = it;\n`;
const typesOf = (module: string) => `import type * as It from "${module}";\nexport type Kept = typeof It;\n`;
const loads = (module: string) => `export const load = () => import("${module}");\n`;

const restricted = (text: string): unknown[] => [
  expect.stringMatching(new RegExp(`^import-x/no-restricted-paths: .*${text}`)),
];

describe("an import that runs upward is refused", () => {
  it.each([
    ["lib/made-up.ts", "@/components/layout/page-head", "lib may import only what lies below it"],
    ["lib/made-up.ts", "@/data/boards/board-state", "lib may import only what lies below it"],
    ["lib/api/made-up.ts", "@/features/boards", "lib may import only what lies below it"],
    ["lib/made-up.ts", "@/app/router", "lib may import only what lies below it"],
    ["components/ui/made-up.tsx", "@/components/layout/page-head", "components/ui may import only"],
    ["components/ui/made-up.tsx", "../layout/page-head", "components/ui may import only"],
    ["components/ui/made-up.tsx", "@/data/tasks/merge", "components/ui may import only"],
    ["components/ui/made-up.tsx", "@/features/boards", "components/ui may import only"],
    ["components/ui/made-up.tsx", "@/app/router", "components/ui may import only"],
    ["components/layout/made-up.tsx", "@/features/notifications", "components/layout may import only"],
    ["components/layout/made-up.tsx", "@/app/layout/sidebar", "components/layout may import only"],
    ["data/boards/made-up.ts", "@/features/boards", "data may import only"],
    ["data/boards/made-up.ts", "../../features/boards", "data may import only"],
    ["data/boards/made-up.ts", "@/app/router", "data may import only"],
    ["features/boards/made-up.ts", "@/app/router", "features may import only"],
    ["app/made-up.ts", "@/local/specimen", "app may import only"],
    ["features/boards/components/made-up.tsx", "../../../app/layout/sidebar", "features may import only"],
  ])("%s imports %s", async (file, module, text) => {
    expect(await breaches(file, imports(module))).toEqual(restricted(text));
  });

  it.each([
    ["lib/made-up.ts", "@/components/ui/button", "lib draws nothing"],
    ["components/layout/made-up.tsx", "@/data/session/auth-context", "The frame knows no data"],
    ["data/boards/made-up.ts", "@/components/layout/page-head", "knows nothing of the frame"],
    ["data/boards/made-up.ts", "@/data/tasks/merge", "data/boards may use only the rooms"],
    ["local/made-up.tsx", "@/features/boards", "shows what is in components/ui alone"],
    ["data/boards/made-up.ts", "../live/machine", "data/boards may use only the rooms"],
  ])("nor one on its own floor that it keeps apart from: %s imports %s", async (file, module, text) => {
    expect(await breaches(file, imports(module))).toEqual(restricted(text));
  });

  it.each([
    ["a type alone", typesOf],
    ["a dynamic import", loads],
  ])("also as %s", async (_, write) => {
    expect(await breaches("data/boards/made-up.ts", write("@/features/boards"))).toEqual(
      restricted("data may import only"),
    );
  });
});

describe("an area is reached through what it offers alone", () => {
  it.each([
    ["features/boards/made-up.ts", "@/features/tasks/components/bulk-bar", "through their index.ts"],
    ["features/boards/made-up.ts", "../tasks/bulk", "through their index.ts"],
    ["features/boards/made-up.ts", "@/features/tasks/pages", "through their index.ts"],
    ["features/tasks/made-up.ts", "@/features/boards", "only the areas that eslint.floors.js names"],
    ["features/comments/made-up.ts", "@/features/tasks", "only the areas that eslint.floors.js names"],
    ["app/made-up.ts", "@/features/tasks/components/bulk-bar", "its pages through pages.ts"],
  ])("%s does not import %s", async (file, module, text) => {
    expect(await breaches(file, imports(module))).toEqual(restricted(text));
  });

  it("tests hold to it too", async () => {
    expect(await breaches("features/boards/made-up.test.ts", imports("@/features/tasks/bulk"))).toEqual(
      restricted("through their index.ts"),
    );
  });
});

it("what is made for tests stays out of the client", async () => {
  for (const file of ["lib/api/made-up.ts", "features/boards/made-up.tsx", "app/made-up.tsx"]) {
    expect(await breaches(file, imports("@/testing/samples"))).toEqual(restricted("Only tests use"));
  }
  expect(await breaches("features/boards/made-up.test.tsx", imports("@/testing/samples"))).toEqual([]);
});

it.each([
  ["lib/made-up.ts", "./dates"],
  ["components/ui/made-up.tsx", "@/lib/dates"],
  ["components/layout/made-up.tsx", "@/components/ui/button"],
  ["data/tasks/made-up.ts", "@/data/boards/board-state"],
  ["data/tasks/made-up.ts", "@/components/ui/toast-store"],
  ["features/boards/made-up.ts", "@/features/tasks"],
  ["features/boards/components/made-up.tsx", "../use-filter"],
  ["features/boards/made-up.ts", "@/data/boards/board-state"],
  ["features/boards/made-up.ts", "@/components/layout/page-head"],
  ["app/made-up.ts", "@/features/boards"],
  ["app/made-up.ts", "@/features/boards/pages"],
  ["local/made-up.tsx", "@/components/ui/button"],
])("an import that runs downward is let through: %s imports %s", async (file, module) => {
  expect(await breaches(file, imports(module))).toEqual([]);
});

it("a circle between two files is refused", async () => {
  // The file on the disk imports the one that is linted, which is given an import of it.
  const importer = "data/boards/use-board.ts";
  expect(readFileSync(`${import.meta.dirname}/src/${importer}`, "utf8")).toContain('from "./board-query"');
  for (const write of [imports, loads]) {
    expect(await breaches("data/boards/board-query.ts", write("./use-board"))).toEqual([
      expect.stringMatching(/^import-x\/no-cycle: /),
    ]);
  }
});

it.each([
  ["areas", "features", areaUses],
  ["rooms of the data", "data", roomUses],
])("what the %s may use of each other has no circle", (_, folder, uses: Record<string, string[]>) => {
  const known = new Set(readdirSync(`${import.meta.dirname}/src/${folder}`));
  for (const name of [...Object.keys(uses), ...Object.values(uses).flat()]) expect(known).toContain(name);
  const above = (name: string, way: string[]): void => {
    expect(way, `${[...way, name].join(" → ")}`).not.toContain(name);
    for (const used of uses[name] ?? []) above(used, [...way, name]);
  };
  for (const name of known) above(name, []);
});

it("a module that is not there is refused", async () => {
  expect(await breaches("lib/made-up.ts", imports("@/lib/nowhere"))).toEqual([
    expect.stringMatching(/^import-x\/no-unresolved: /),
  ]);
});

it("every folder of the client stands on a floor", () => {
  const folders = (path: string) =>
    readdirSync(`${import.meta.dirname}/src/${path}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  expect(folders("")).toEqual(["app", "components", "data", "features", "lib", "local", "styles", "testing"]);
  expect(folders("components")).toEqual(["layout", "ui"]);
});
