/** Writes the types of the live side (frames, actions and events) from docs/asyncapi.json. */
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const { info, components } = JSON.parse(readFileSync("../docs/asyncapi.json", "utf8"));
// AsyncAPI and OpenAPI describe types alike: as JSON Schema.
const document = { openapi: "3.1.0", info, paths: {}, components: { schemas: components.schemas } };
const types = await openapiTS(document, { defaultNonNullable: false });
writeFileSync("src/lib/api/live.d.ts", COMMENT_HEADER + astToString(types));
