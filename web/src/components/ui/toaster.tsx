import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { dismissToast, useToasts } from "./toast-store";
import { classNames } from "@/lib/class-names";

/** Shows the messages, in the corner on a desk and over the bottom edge on a phone. */
export function Toaster() {
  const toasts = useToasts();
  return (
    <Toast.Provider swipeDirection="right" label="Message">
      {toasts.map((shown) => (
        <Toast.Root
          key={shown.id}
          duration={shown.milliseconds}
          type={shown.tone === "problem" ? "foreground" : "background"}
          onOpenChange={(open) => {
            if (!open) dismissToast(shown.id);
          }}
          className={classNames(
            "bg-raised border-line shadow-raised flex w-full items-start gap-3 rounded-card border py-2 pr-2 pl-3",
            "animate-[pop_var(--motion)_var(--ease)] data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)",
            shown.tone === "problem" && "border-l-danger border-l-3",
          )}
          style={shown.color ? { borderLeft: `3px solid ${shown.color}` } : undefined}
        >
          <Toast.Description className="min-w-0 flex-1 py-1 text-card wrap-anywhere">
            {shown.text}
          </Toast.Description>
          {[shown.action, shown.link].map(
            (offer) =>
              offer && (
                <Toast.Action
                  key={offer.label}
                  altText={offer.label}
                  onClick={offer.run}
                  className="text-accent-ink hover:bg-hover h-7 shrink-0 rounded-small px-2 font-medium touch:h-11"
                >
                  {offer.label}
                </Toast.Action>
              ),
          )}
          <Toast.Close
            aria-label="Dismiss"
            className="text-faint hover:bg-hover hover:text-text grid size-7 shrink-0 place-items-center rounded-small touch:size-11"
          >
            <X size={14} aria-hidden />
          </Toast.Close>
        </Toast.Root>
      ))}
      {/* Over the box that adds a card, which stays within reach. */}
      <Toast.Viewport className="fixed right-4 bottom-16 z-60 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2 outline-none max-sm:bottom-20" />
    </Toast.Provider>
  );
}
