/** What of a Markdown tree a mention is made of. */
interface Node {
  type: string;
  url?: string;
  value?: string;
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, string> };
}

const PERSON = /^usr_[0-9A-Za-z]+$/;

/** Turns `@[Alex](usr_…)`, which Markdown reads as an `@` and a link, into a mention. */
export function remarkMentions() {
  const visit = (node: Node) => {
    const children = node.children ?? [];
    children.forEach((child, index) => {
      const before = children[index - 1];
      if (
        child.type === "link" &&
        PERSON.test(child.url ?? "") &&
        before?.type === "text" &&
        before.value?.endsWith("@")
      ) {
        before.value = before.value.slice(0, -1);
        child.data = { hName: "span", hProperties: { className: "mention", "data-person": child.url ?? "" } };
        child.children = [{ type: "text", value: "@" }, ...(child.children ?? [])];
      }
      visit(child);
    });
  };
  return visit;
}
