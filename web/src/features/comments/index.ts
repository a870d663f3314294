// What the rest of the client may use of this area.
export { Comments } from "./components/comments";
