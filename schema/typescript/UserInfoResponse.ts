// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What the token says of its owner; not verified. */
export type UserInfoResponse = {
  allegedUserEmail: string | null,
};
