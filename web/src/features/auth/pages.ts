/** Loads `SignInPage` in a chunk of its own. */
export const signInPage = async () => ({ Component: (await import("./components/sign-in-page")).SignInPage });

/** Loads `SignUpPage` in a chunk of its own. */
export const signUpPage = async () => ({ Component: (await import("./components/sign-up-page")).SignUpPage });

/** Loads `ForgotPasswordPage` in a chunk of its own. */
export const forgotPasswordPage = async () => ({
  Component: (await import("./components/forgot-password-page")).ForgotPasswordPage,
});

/** Loads `ResetPasswordPage` in a chunk of its own. */
export const resetPasswordPage = async () => ({
  Component: (await import("./components/reset-password-page")).ResetPasswordPage,
});

/** Loads `VerifyEmailPage` in a chunk of its own. */
export const verifyEmailPage = async () => ({
  Component: (await import("./components/verify-email-page")).VerifyEmailPage,
});

/** Loads `AcceptInvitePage` in a chunk of its own. */
export const acceptInvitePage = async () => ({
  Component: (await import("./components/accept-invite-page")).AcceptInvitePage,
});
