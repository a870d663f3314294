import { PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { CalendarSettings } from "@/features/workspaces";
import { AppearanceSettings } from "./appearance-settings";
import { NotificationSettings } from "./notification-settings";
import { PasswordSettings } from "./password-settings";
import { ProfileSettings } from "./profile-settings";
import { SessionSettings } from "./session-settings";

/** What a person sets for themselves, and when their workspace works. */
export function SettingsPage() {
  return (
    <>
      <PageHead>
        <PageTitle>Settings</PageTitle>
      </PageHead>
      <PageBody>
        <div className="flex flex-col gap-10">
          <ProfileSettings />
          <NotificationSettings />
          <AppearanceSettings />
          <PasswordSettings />
          <SessionSettings />
          <CalendarSettings />
        </div>
      </PageBody>
    </>
  );
}
