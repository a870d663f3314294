import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { TextField } from "@/components/ui/field";
import { SaveForm } from "@/components/ui/save-form";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { useAccount, useAuth } from "@/data/session/auth-context";
import { answer, api } from "@/lib/api/client";
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
  const save = async () => {
    await answer(api.PATCH("/api/users/me", { body: { name } }));
    updateAccount({ user: { ...user, name } });
    void cache.invalidateQueries({ queryKey: ["users"] });
    toast("Saved your name");
  };
  return (
    <SaveForm fields={["name"]} changed={name !== me.name} save={save}>
      {(errors) => (
        <>
          <TextField
            label="Name"
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
          <TextField
            label="Email"
            value={me.email}
            readOnly
            hint={
              me.email_verified
                ? "Confirmed."
                : "Not confirmed yet. Use the link in the email you got when you signed up."
            }
          />
        </>
      )}
    </SaveForm>
  );
}
