// What the rest of the client may use of this area.
export { Files } from "./components/files";
