import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import { floorRules } from "./eslint.floors.js";

export default tseslint.config(
  { ignores: ["dist", "dist-components", "coverage", "src/lib/api/schema.d.ts", "src/lib/api/live.d.ts"] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", 500],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/consistent-type-imports": "error",
      // A field that appears because it was asked for takes the focus, as the person expects.
      "jsx-a11y/no-autofocus": "off",
    },
  },
  floorRules,
  {
    files: ["eslint.config.js", "eslint.floors.js", "generate-live.js"],
    ...tseslint.configs.disableTypeChecked,
  },
);
