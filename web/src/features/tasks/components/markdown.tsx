import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";

/** Shows Markdown. Raw HTML in it stays text, so that nobody can put a script into a task. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className="prose-markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
