import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PageBody, PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { fieldErrors } from "@/lib/api/problem";
import type { NotificationPreferences } from "@/lib/api/types";
import { preferencesQuery, useChoose } from "../api/notifications";
import { ChannelMatrix } from "./channel-matrix";

/** How a person hears of what happens in this workspace. */
export function PreferencesPage() {
  const { name, role } = useWorkspace();
  const preferences = useQuery(preferencesQuery);
  return (
    <>
      <PageHead>
        <PageTitle>Notifications</PageTitle>
      </PageHead>
      <PageBody>
        {preferences.isPending && <SkeletonRows rows={6} label="Loading your preferences" />}
        {preferences.isError && !preferences.data && (
          <Failure
            error={preferences.error}
            title="Your preferences did not load"
            onRetry={() => void preferences.refetch()}
          />
        )}
        {preferences.data && (
          <Choices preferences={preferences.data} workspace={name} owns={role === "owner"} />
        )}
      </PageBody>
    </>
  );
}

function Choices({
  preferences,
  workspace,
  owns,
}: {
  preferences: NotificationPreferences;
  workspace: string;
  owns: boolean;
}) {
  const choose = useChoose();
  const change = (part: Partial<NotificationPreferences>) => choose.mutate({ ...preferences, ...part });
  return (
    <div className="flex flex-col gap-10">
      <section>
        <SectionHead title={`Notifications in ${workspace}`}>
          Your own changes are left out. Changes made together are grouped.
        </SectionHead>
        <ChannelMatrix events={preferences.events} onChange={(events) => change({ events })} />
      </section>
      <section>
        <SectionHead title="Schedule">Emails wait during quiet hours.</SectionHead>
        <div className="flex max-w-[480px] flex-col gap-4">
          <ZoneField zone={preferences.time_zone} onChange={(zone) => change({ time_zone: zone })} />
          <TimeField
            label="Daily summary at"
            time={preferences.digest_at}
            onChange={(digest_at) => change({ digest_at })}
          />
          <Toggle
            label="Quiet hours"
            on={preferences.quiet_hours.on}
            onChange={(on) => change({ quiet_hours: { ...preferences.quiet_hours, on } })}
          />
          {preferences.quiet_hours.on && (
            <div className="flex gap-4">
              <TimeField
                label="From"
                time={preferences.quiet_hours.from}
                onChange={(from) => change({ quiet_hours: { ...preferences.quiet_hours, from } })}
              />
              <TimeField
                label="To"
                time={preferences.quiet_hours.to}
                error={fieldErrors(choose.error)["quiet_hours.to"]}
                onChange={(to) => change({ quiet_hours: { ...preferences.quiet_hours, to } })}
              />
            </div>
          )}
          {owns && (
            <Toggle
              label="Email me a weekly workspace report on Mondays"
              on={preferences.weekly_report}
              onChange={(weekly_report) => change({ weekly_report })}
            />
          )}
        </div>
      </section>
    </div>
  );
}

function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="flex items-center gap-2 touch:min-h-11">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-accent size-4"
      />
      {label}
    </label>
  );
}

function TimeField({
  label,
  time,
  error,
  onChange,
}: {
  label: string;
  time: string;
  error?: string | undefined;
  onChange: (time: string) => void;
}) {
  return (
    <TextField
      type="time"
      label={label}
      value={time.slice(0, 5)}
      error={error}
      className="w-36"
      onChange={(event) => {
        if (event.target.value) onChange(event.target.value);
      }}
    />
  );
}

function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const [zones] = useState(() => [...new Set(["UTC", zone, ...Intl.supportedValuesOf("timeZone")])].sort());
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="flex flex-col items-start gap-2">
      <SelectField
        label="Time zone"
        value={zone}
        className="w-full"
        onChange={(event) => onChange(event.target.value)}
      >
        {zones.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      {here && here !== zone && (
        <Button size="small" onClick={() => onChange(here)}>
          Use {here.replaceAll("_", " ")}, where you are
        </Button>
      )}
    </div>
  );
}
