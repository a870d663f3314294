import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import { readdirSync } from "node:fs";

// The client's floors, lowest first. A file may import from its own floor and from those below it; what more each
// floor keeps apart is said at its zones. `eslint.floors.test.ts` feeds every rule a breach.
const floors = [
  ["lib", "components/ui", "styles"],
  ["components/layout", "data"],
  ["features"],
  ["app"],
  ["local"],
];

/** Which rooms of the shared data a room may use. Whoever adds one here keeps the whole free of circles. */
export const roomUses = {
  live: ["boards", "comments", "files"],
  sprints: ["boards"],
  tasks: ["boards", "projects", "sprints"],
};

/** Which other areas an area may use, through their `index.ts`. Whoever adds one here keeps the whole free of circles. */
export const areaUses = {
  analytics: ["reports"],
  backlog: ["live", "sprints", "tasks"],
  boards: ["live", "tasks", "time"],
  insight: ["reports"],
  projects: ["boards"],
  settings: ["workspaces"],
  sprints: ["reports"],
  tasks: ["comments", "files", "live", "sprints", "time"],
  time: ["reports"],
};

const src = (path) => `./src/${path}`;
const folders = (path) => readdirSync(new URL(src(path), import.meta.url));
const [areas, rooms] = [folders("features"), folders("data")];

const zones = [
  ...floors.slice(0, -1).flatMap((floor, at) =>
    floor.map((target) => ({
      target: src(target),
      from: floors
        .slice(at + 1)
        .flat()
        .map(src),
      message: `${target} may import only what lies below it: see web/README.md.`,
    })),
  ),
  {
    target: src("lib"),
    from: [src("components/ui"), src("styles")],
    message: "lib draws nothing: what is drawn is in components/ui.",
  },
  {
    target: src("components/layout"),
    from: src("data"),
    message: "The frame knows no data: it has slots that the app fills.",
  },
  {
    target: src("data"),
    from: src("components/layout"),
    message: "The data knows nothing of the frame.",
  },
  ...rooms.map((room) => ({
    target: src(`data/${room}`),
    from: src("data"),
    except: [room, ...(roomUses[room] ?? [])].map((other) => `./${other}`),
    message: `data/${room} may use only the rooms that eslint.floors.js names.`,
  })),
  ...areas.map((area) => ({
    target: src(`features/${area}`),
    from: src("features"),
    except: [`./${area}`, ...(areaUses[area] ?? []).map((other) => `./${other}/index.ts`)],
    message: `features/${area} may use only the areas that eslint.floors.js names, and them through their index.ts.`,
  })),
  {
    target: src("app"),
    from: src("features"),
    except: areas.flatMap((area) => [`./${area}/index.ts`, `./${area}/pages.ts`]),
    message: "The app uses an area through its index.ts, and its pages through pages.ts.",
  },
  {
    target: src("local"),
    from: ["components/layout", "data", "features", "app"].map(src),
    message: "The page of components shows what is in components/ui alone.",
  },
  {
    target: src("!(testing)/**/!(*.test).{ts,tsx}"),
    from: src("testing"),
    message: "Only tests use what is made for tests.",
  },
];

/** The rules that hold the floors. */
export const floorRules = {
  files: ["src/**/*.{ts,tsx}"],
  plugins: { "import-x": importX },
  settings: {
    "import-x/resolver-next": [createTypeScriptImportResolver()],
    // Without these two, `no-cycle` reads no TypeScript and finds nothing.
    "import-x/extensions": [".ts", ".tsx"],
    "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
  },
  rules: {
    "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
    "import-x/no-cycle": "error",
    "import-x/no-self-import": "error",
    "import-x/no-duplicates": "error",
    "import-x/no-unresolved": ["error", { ignore: ["\\.css$"] }],
  },
};
