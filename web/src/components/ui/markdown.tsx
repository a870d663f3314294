import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { remarkMentions } from "./remark-mentions";

/** Whether an image is ours: one of another origin would tell its owner who reads this, and when. */
function isOwn(source: string): boolean {
  try {
    return new URL(source, window.location.href).origin === window.location.origin;
  } catch {
    return false;
  }
}

/** Shows Markdown. Raw HTML in it stays text, so that nobody can put a script into a task. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className="prose-markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, remarkMentions]}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
          img: ({ src, alt }) => {
            const source = typeof src === "string" ? src : "";
            if (isOwn(source)) return <img src={source} alt={alt ?? ""} loading="lazy" />;
            return (
              <a href={source} target="_blank" rel="noreferrer noopener">
                {alt || source}
              </a>
            );
          },
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
