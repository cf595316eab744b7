#pragma once

#include "actions/factors/check_code.hpp"
#include "actions/sign_in.hpp"
#include "sign_in/local_sign_in.hpp"
#include "users/user.hpp"
#include "web/context.hpp"
#include "web/forms/csrf.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pages::public_ {

using web::session_cookie;
/// Of a sign-in that waits for its code.
inline constexpr std::string_view pending_cookie = "gu_pending";

/// What became of a sign-in.
struct SessionStart
{
    /// Nothing when user name and password don't match, or the password has ended.
    std::optional<users::User> user = {};
    /// The password was right, but it was a temporary one and has ended.
    bool has_ended = false;
    /// The password was right, but there is no session before a code.
    bool needs_code = false;
    /// The password was right, but this user signs in at the provider only.
    bool is_for_provider = false;
};
/// What somebody typed to sign in.
struct TypedPassword
{
    std::string_view username;
    const std::string& password;
    bool is_public_computer = false;
    /// Who may sign in with a password at all.
    sign_in::LocalSignIn local = sign_in::LocalSignIn::All;
};
/// Sign in with the password: a new session with its cookie instead of the present one; the browser becomes a known
/// device, unless the computer is public. A user with a second factor gets the cookie of a sign-in that waits for its
/// code. Throws base::TooManyAttempts. On a lane for passwords only.
SessionStart start_session(web::Context& ctx, const TypedPassword& typed);

/// What became of a code.
struct CodeStart
{
    enum class Outcome : std::uint8_t
    {
        Started,
        /// The sign-in waits no longer: it took too long, or something about the user changed.
        Ended,
        Wrong,
        /// The code has counted before.
        Used,
        /// The code has just expired.
        Late
    };
    Outcome outcome = Outcome::Ended;
    std::optional<users::User> user = {};
    /// The recovery codes that are left after one let the user in; nothing for a code of the app.
    std::optional<std::int64_t> codes_left = {};
};
/// The sign-in of this browser that waits for its code still does.
bool waits_for_code(web::Context& ctx);
/// Begin the session of the sign-in that waits. Throws base::TooManyAttempts. On a lane for passwords only.
CodeStart start_session_with_code(web::Context& ctx, const actions::TypedCode& typed);

/// End the session that this browser has now: another one takes its place.
void end_present_session(db::Transaction& tx, const web::Context& ctx);
/// The browser's cookie of a known device, or a new one for a browser that has none.
std::string device_cookie_of(const web::Context& ctx);
/// Give the browser the cookies of the session that began, and log it. An empty `device` is not remembered.
void take_session(web::Context& ctx, const actions::BegunSignIn& begun, UserId user, const std::string& device);
/// Give the browser the cookie of a sign-in that waits for its code.
void take_pending(web::Context& ctx, const actions::BegunSignIn& begun);

/// Lead to where the visitor was going: `next`, or home. `typist` is whose form brought the visitor to the sign-in
/// (zero for none): somebody else goes to their own front page.
http::Response lead_on(web::Context& ctx, const users::User& user, const std::string& next, UserId typist);

} // namespace pages::public_
