import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { SectionHead } from "@/app/layout/page-head";
import { Button } from "@/components/ui/button";
import { FormProblem, TextField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { useAccount, useAuth } from "@/features/auth/auth-context";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Me } from "@/lib/api/types";
import { AvatarSettings } from "./avatar-settings";

/** A person's own name and address. */
export function ProfileSettings() {
  const me = useQuery({
    queryKey: ["users", "me"],
    queryFn: ({ signal }) => answer(api.GET("/api/users/me", { signal })),
  });
  return (
    <section>
      <SectionHead title="Profile" />
      {me.isPending && <SkeletonRows rows={2} label="Loading your profile" />}
      {me.isError && !me.data && (
        <Failure error={me.error} title="Your profile did not load" onRetry={() => void me.refetch()} />
      )}
      {me.data && <AvatarSettings me={me.data} />}
      {me.data && <ProfileForm me={me.data} />}
    </section>
  );
}

function ProfileForm({ me }: { me: Me }) {
  const { updateAccount } = useAuth();
  const { user } = useAccount();
  const [name, setName] = useState(me.name);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () => answer(api.PATCH("/api/users/me", { body: { name } })),
    onSuccess: () => {
      updateAccount({ user: { ...user, name } });
      void cache.invalidateQueries({ queryKey: ["users"] });
      toast("Saved your name");
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex max-w-[480px] flex-col gap-4">
      <FormProblem>{formError(save.error, ["name"])}</FormProblem>
      <TextField
        label="Name"
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldErrors(save.error).name}
      />
      <TextField
        label="Email"
        value={me.email}
        readOnly
        hint={
          me.email_verified
            ? "Confirmed."
            : "Not confirmed yet. The link is in the mail that you got when you signed up."
        }
      />
      <div>
        <Button type="submit" look="primary" disabled={name === me.name} busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
