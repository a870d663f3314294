import { createBrowserRouter, type RouteObject } from "react-router";
import { dashboardPage, projectAnalyticsPage } from "@/features/analytics/pages";
import {
  signInPage,
  signUpPage,
  forgotPasswordPage,
  resetPasswordPage,
  verifyEmailPage,
  acceptInvitePage,
} from "@/features/auth/pages";
import { backlogPage } from "@/features/backlog/pages";
import { boardPage } from "@/features/boards/pages";
import { dataPage } from "@/features/data/pages";
import { insightPage } from "@/features/insight/pages";
import { unsubscribePage, inboxPage, preferencesPage } from "@/features/notifications/pages";
import { membersPage } from "@/features/people/pages";
import { projectsPage, projectHome, projectSettingsPage } from "@/features/projects/pages";
import { reportsPage } from "@/features/reports/pages";
import { settingsPage } from "@/features/settings/pages";
import { sprintsPage, sprintPage } from "@/features/sprints/pages";
import { taskPanel, archivedPage } from "@/features/tasks/pages";
import { teamsPage } from "@/features/teams/pages";
import { timesheetPage } from "@/features/time/pages";
import { welcomePage, workspaceSettingsPage } from "@/features/workspaces/pages";
import { FeatureGate } from "@/app/feature-gate";
import { AppLayout } from "./layout/app-layout";
import { AppSkeleton } from "./layout/app-skeleton";
import { NotFound, RouteFailure } from "./layout/not-found";
import { PublicLayout } from "@/components/layout/public-layout";
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
            lazy: signInPage,
          },
          {
            path: "/sign-up",
            lazy: signUpPage,
          },
          {
            path: "/forgot-password",
            lazy: forgotPasswordPage,
          },
          {
            path: "/reset-password",
            lazy: resetPasswordPage,
          },
          {
            path: "/verify-email",
            lazy: verifyEmailPage,
          },
          {
            path: "/invites/:token",
            lazy: acceptInvitePage,
          },
          {
            path: "/unsubscribe/:token",
            lazy: unsubscribePage,
          },
          {
            path: "/welcome",
            lazy: welcomePage,
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
                lazy: projectsPage,
              },
              {
                path: "/p/:project",
                lazy: projectHome,
              },
              {
                path: "/p/:project/b/:board",
                lazy: boardPage,
                children: [
                  {
                    path: "t/:key",
                    lazy: taskPanel,
                  },
                ],
              },
              {
                path: "/p/:project/archived",
                lazy: archivedPage,
              },
              {
                path: "/p/:project/settings",
                lazy: projectSettingsPage,
              },
              {
                path: "/p/:project/data",
                lazy: dataPage,
              },
              {
                path: "/inbox",
                lazy: inboxPage,
              },
              {
                path: "/settings/notifications",
                lazy: preferencesPage,
              },
              {
                path: "/members",
                lazy: membersPage,
              },
              {
                path: "/workspace",
                lazy: workspaceSettingsPage,
              },
              {
                path: "/teams",
                lazy: teamsPage,
              },
              {
                path: "/reports",
                lazy: reportsPage,
              },
              {
                path: "/settings",
                lazy: settingsPage,
              },
              {
                element: <FeatureGate feature="sprints" />,
                children: [
                  {
                    path: "/p/:project/backlog/:board",
                    lazy: backlogPage,
                  },
                  {
                    path: "/p/:project/sprints",
                    lazy: sprintsPage,
                  },
                  {
                    path: "/p/:project/sprints/:sprint",
                    lazy: sprintPage,
                  },
                ],
              },
              {
                element: <FeatureGate feature="analytics" />,
                children: [
                  {
                    path: "/p/:project/insight/:board",
                    lazy: insightPage,
                  },
                  {
                    path: "/dashboard",
                    lazy: dashboardPage,
                  },
                  {
                    path: "/p/:project/analytics",
                    lazy: projectAnalyticsPage,
                  },
                ],
              },
              {
                element: <FeatureGate feature="time_tracking" />,
                children: [
                  {
                    path: "/timesheet",
                    lazy: timesheetPage,
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
