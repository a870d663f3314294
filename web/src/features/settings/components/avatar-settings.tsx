import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Me } from "@/lib/api/types";
import { fileSize } from "@/lib/file-size";
import { NotTakenError, sendForm } from "@/lib/send-form";

const LARGEST = 5 * 1024 * 1024;
const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** How often, and how many times, it is asked whether the picture is made. */
const ASK_MS = 600;
const ASKED_AT_MOST = 25;

/** A picture that is refused before it is sent, with the reason for the person. */
class UnfitError extends Error {}

const pause = () => new Promise((resolve) => setTimeout(resolve, ASK_MS));

async function send(file: File, before: string | null): Promise<void> {
  if (!TYPES.includes(file.type)) throw new UnfitError("Choose a PNG, JPEG, GIF or WebP picture.");
  if (file.size > LARGEST)
    throw new UnfitError(`The picture is ${fileSize(file.size)}, and the limit is ${fileSize(LARGEST)}.`);
  const form = await answer(
    api.POST("/api/users/me/avatar", { body: { size: file.size, content_type: file.type } }),
  );
  await sendForm(form, file, () => undefined);
  for (let asked = 0; asked < ASKED_AT_MOST; asked += 1) {
    const { avatar_url } = await answer(api.GET("/api/users/me"));
    if (avatar_url !== before) return;
    await pause();
  }
  throw new UnfitError("This file could not be read as a picture. Choose another one.");
}

const words = (error: unknown) =>
  error instanceof UnfitError
    ? error.message
    : error instanceof NotTakenError
      ? "The picture was not uploaded. Try again."
      : explain(error);

/** A person's picture, which stands for them wherever they are. */
export function AvatarSettings({ me }: { me: Me }) {
  const chooser = useRef<HTMLInputElement>(null);
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (file: File) => send(file, me.avatar_url),
    onSuccess: () => {
      for (const key of ["users", "boards", "workspaces", "projects"])
        void cache.invalidateQueries({ queryKey: [key] });
      toast("Changed your picture");
    },
  });
  return (
    <div className="mb-5 flex max-w-[480px] flex-col gap-3">
      <FormProblem>{change.error ? words(change.error) : null}</FormProblem>
      <div className="flex items-center gap-4">
        <Avatar person={me} size={64} />
        <div>
          <input
            ref={chooser}
            type="file"
            hidden
            accept={TYPES.join(",")}
            aria-label="Your picture"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file) change.mutate(file);
            }}
          />
          <Button busy={change.isPending} onClick={() => chooser.current?.click()}>
            {me.avatar_url ? "Change picture" : "Choose a picture"}
          </Button>
          <p className="text-faint text-meta mt-1">
            PNG, JPEG, GIF or WebP, at most 5 MB. Its middle is shown.
          </p>
        </div>
      </div>
    </div>
  );
}
