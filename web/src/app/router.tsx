import { createBrowserRouter, type RouteObject } from "react-router";
import { FeatureGate } from "@/features/workspaces/components/feature-gate";
import { AppLayout } from "./layout/app-layout";
import { AppSkeleton } from "./layout/app-skeleton";
import { NotFound, RouteFailure } from "./layout/not-found";
import { PublicLayout } from "./layout/public-layout";
import { SignedInOnly } from "./signed-in-only";
import { Home } from "./home";

/** Pages that fail alone: the frame around them stays. */
const framed = (children: RouteObject[]): RouteObject[] => [{ ErrorBoundary: RouteFailure, children }];

/** The pages of the client by their addresses. */
export const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteFailure,
    HydrateFallback: () => null,
    children: [
      {
        Component: PublicLayout,
        children: [
          {
            path: "/sign-in",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/sign-in-page")).SignInPage,
            }),
          },
          {
            path: "/sign-up",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/sign-up-page")).SignUpPage,
            }),
          },
          {
            path: "/forgot-password",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/forgot-password-page")).ForgotPasswordPage,
            }),
          },
          {
            path: "/reset-password",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/reset-password-page")).ResetPasswordPage,
            }),
          },
          {
            path: "/verify-email",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/verify-email-page")).VerifyEmailPage,
            }),
          },
          {
            path: "/invites/:token",
            lazy: async () => ({
              Component: (await import("@/features/auth/components/accept-invite-page")).AcceptInvitePage,
            }),
          },
          {
            path: "/unsubscribe/:token",
            lazy: async () => ({
              Component: (await import("@/features/notifications/components/unsubscribe-page"))
                .UnsubscribePage,
            }),
          },
          {
            path: "/welcome",
            lazy: async () => ({
              Component: (await import("@/features/workspaces/components/welcome-page")).WelcomePage,
            }),
          },
        ],
      },
      {
        Component: SignedInOnly,
        HydrateFallback: AppSkeleton,
        children: [
          {
            Component: AppLayout,
            children: framed([
              { index: true, Component: Home },
              {
                path: "/projects",
                lazy: async () => ({
                  Component: (await import("@/features/projects/components/projects-page")).ProjectsPage,
                }),
              },
              {
                path: "/p/:project",
                lazy: async () => ({
                  Component: (await import("@/features/projects/components/project-home")).ProjectHome,
                }),
              },
              {
                path: "/p/:project/b/:board",
                lazy: async () => ({
                  Component: (await import("@/features/boards/components/board-page")).BoardPage,
                }),
                children: [
                  {
                    path: "t/:key",
                    lazy: async () => ({
                      Component: (await import("@/features/tasks/components/task-panel")).TaskPanel,
                    }),
                  },
                ],
              },
              {
                path: "/p/:project/archived",
                lazy: async () => ({
                  Component: (await import("@/features/tasks/components/archived-page")).ArchivedPage,
                }),
              },
              {
                path: "/p/:project/settings",
                lazy: async () => ({
                  Component: (await import("@/features/projects/components/project-settings-page"))
                    .ProjectSettingsPage,
                }),
              },
              {
                path: "/p/:project/data",
                lazy: async () => ({
                  Component: (await import("@/features/data/components/data-page")).DataPage,
                }),
              },
              {
                path: "/inbox",
                lazy: async () => ({
                  Component: (await import("@/features/notifications/components/inbox-page")).InboxPage,
                }),
              },
              {
                path: "/settings/notifications",
                lazy: async () => ({
                  Component: (await import("@/features/notifications/components/preferences-page"))
                    .PreferencesPage,
                }),
              },
              {
                path: "/members",
                lazy: async () => ({
                  Component: (await import("@/features/people/components/members-page")).MembersPage,
                }),
              },
              {
                path: "/workspace",
                lazy: async () => ({
                  Component: (await import("@/features/workspaces/components/workspace-settings-page"))
                    .WorkspaceSettingsPage,
                }),
              },
              {
                path: "/teams",
                lazy: async () => ({
                  Component: (await import("@/features/teams/components/teams-page")).TeamsPage,
                }),
              },
              {
                path: "/reports",
                lazy: async () => ({
                  Component: (await import("@/features/reports/components/reports-page")).ReportsPage,
                }),
              },
              {
                path: "/settings",
                lazy: async () => ({
                  Component: (await import("@/features/settings/components/settings-page")).SettingsPage,
                }),
              },
              {
                element: <FeatureGate feature="sprints" />,
                children: [
                  {
                    path: "/p/:project/backlog/:board",
                    lazy: async () => ({
                      Component: (await import("@/features/backlog/components/backlog-page")).BacklogPage,
                    }),
                  },
                  {
                    path: "/p/:project/sprints",
                    lazy: async () => ({
                      Component: (await import("@/features/sprints/components/sprints-page")).SprintsPage,
                    }),
                  },
                  {
                    path: "/p/:project/sprints/:sprint",
                    lazy: async () => ({
                      Component: (await import("@/features/sprints/components/sprint-page")).SprintPage,
                    }),
                  },
                ],
              },
              {
                element: <FeatureGate feature="analytics" />,
                children: [
                  {
                    path: "/p/:project/insight/:board",
                    lazy: async () => ({
                      Component: (await import("@/features/insight/components/insight-page")).InsightPage,
                    }),
                  },
                  {
                    path: "/dashboard",
                    lazy: async () => ({
                      Component: (await import("@/features/analytics/components/dashboard-page"))
                        .DashboardPage,
                    }),
                  },
                  {
                    path: "/p/:project/analytics",
                    lazy: async () => ({
                      Component: (await import("@/features/analytics/components/project-analytics-page"))
                        .ProjectAnalyticsPage,
                    }),
                  },
                ],
              },
              {
                element: <FeatureGate feature="time_tracking" />,
                children: [
                  {
                    path: "/timesheet",
                    lazy: async () => ({
                      Component: (await import("@/features/time/components/timesheet-page")).TimesheetPage,
                    }),
                  },
                ],
              },
              { path: "*", Component: NotFound },
            ]),
          },
        ],
      },
    ],
  },
];

/** The router of this tab. */
export const router = createBrowserRouter(routes);
