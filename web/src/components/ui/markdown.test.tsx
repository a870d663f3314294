import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import Markdown from "./markdown";

it("shows a mention as a name, and a link after an @ as a link", () => {
  render(<Markdown text={"Ask @[Alex](usr_alex), or see @[our page](https://example.com)"} />);
  expect(screen.getByText("@Alex")).toHaveClass("mention");
  expect(screen.getByRole("link", { name: "our page" })).toHaveAttribute("href", "https://example.com");
});

it("replaces images of other origins by links", () => {
  render(
    <Markdown
      text={"![A cat](https://tracker.example/cat.gif) ![](//tracker.example/x.png) ![Own](/own.png)"}
    />,
  );
  expect(screen.getByRole("link", { name: "A cat" })).toHaveAttribute(
    "href",
    "https://tracker.example/cat.gif",
  );
  expect(screen.getAllByRole("img").map((image) => image.getAttribute("src"))).toEqual(["/own.png"]);
});

it("runs no scripts from the text", () => {
  const { container } = render(
    <Markdown
      text={'<img src=x onerror="alert(1)"><script>alert(1)</script>\n\n[here](javascript:alert(1))'}
    />,
  );
  expect(container.querySelector("script, img, [onerror]")).toBeNull();
  expect(screen.getByText("here").getAttribute("href") ?? "").not.toContain("javascript");
});
