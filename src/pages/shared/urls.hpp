#pragma once
// Paths of the route table (server/routes.cpp) that C++ links or redirects to; tests/guards/paths.sh refuses a path
// literal in any other file of C++. Templates write theirs themselves.
// A `query` is empty or begins with "?", its values encoded.

#include "base/ids.hpp"
#include "base/url_encoding.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace urls {

/// The customer's home and the front page of guests.
inline std::string front()
{
    return "/";
}

inline std::string sign_in()
{
    return "/accounts/login/";
}

/// Sign in, then continue to `target`.
inline std::string sign_in_before(std::string_view target)
{
    return "/accounts/login/?next=" + base::percent_encode(target);
}

/// Where the sign-in asks for a code.
inline std::string sign_in_code(std::string_view query = {})
{
    return "/accounts/login/code/" + std::string(query);
}

/// Where the staff leave for the provider (oidc/); they come back to provider_return().
inline std::string provider(std::string_view next, UserId typist = {})
{
    const std::string query = "?next=" + base::percent_encode(next);
    return "/accounts/login/provider/" + (typist ? fmt::format("{}&typist={}", query, typist.value) : query);
}

/// The same, and the provider asks for the password again.
inline std::string provider_again(std::string_view next)
{
    return "/accounts/login/provider/?again=1&next=" + base::percent_encode(next);
}

inline std::string provider_return()
{
    return "/accounts/login/provider/back/";
}

inline std::string sign_out()
{
    return "/accounts/logout/";
}

/// Where somebody asks for a link to choose a new password.
inline std::string reset()
{
    return "/accounts/password/reset/";
}

/// Where that link leads.
inline std::string reset_link(std::string_view token)
{
    return fmt::format("/accounts/password/reset/{}/", token);
}

/// Where somebody asks for a sign-in of their own.
inline std::string registration()
{
    return "/accounts/register/";
}

/// Where the link that confirms it leads.
inline std::string registration_link(std::string_view token)
{
    return fmt::format("/accounts/register/{}/", token);
}

inline std::string emergency()
{
    return "/emergency/";
}

/// A leak report under the private link of its reporter.
inline std::string leak_report(std::string_view token)
{
    return fmt::format("/emergency/report/{}/", token);
}

/// The stream of live pages.
inline std::string events()
{
    return "/events/";
}

/// Whether the process answers.
inline std::string health()
{
    return "/healthz";
}

/// Whether it can read and write.
inline std::string readiness()
{
    return "/readyz";
}

/// What a running server did, for monitoring.
inline std::string metrics()
{
    return "/metrics";
}

inline std::string notifications(std::string_view query = {})
{
    return "/notifications/" + std::string(query);
}

/// Contact details of the user who is signed in.
inline std::string account()
{
    return "/account/";
}

/// Where the user chooses how to be told of what happens.
inline std::string notification_choices()
{
    return "/account/notifications/";
}

/// Where a link in a mail switches such mail off.
inline std::string switch_off(std::string_view token)
{
    return fmt::format("/mail/off/{}/", token);
}

inline std::string password()
{
    return "/account/password/";
}

/// The second factor of the user who is signed in.
inline std::string security()
{
    return "/account/security/";
}

/// Where the link leads that confirms a new email.
inline std::string email_link(std::string_view token)
{
    return fmt::format("/account/email/confirm/{}/", token);
}

/// Where the user who is signed in sees the own sessions.
inline std::string sessions(std::string_view query = {})
{
    return "/account/sessions/" + std::string(query);
}

inline std::string customer_requests(std::string_view query = {})
{
    return "/service/" + std::string(query);
}

inline std::string new_request()
{
    return "/service/create/";
}

inline std::string customer_request(ServiceRequestId id)
{
    return fmt::format("/service/{}/", id.value);
}

/// Where a customer's comment is sent.
inline std::string customer_comments(ServiceRequestId id)
{
    return fmt::format("/service/{}/comments/", id.value);
}

/// Where the page says that it was seen.
inline std::string read_customer_request(ServiceRequestId id)
{
    return fmt::format("/service/{}/read/", id.value);
}

/// Where a customer's form that reopens is sent.
inline std::string reopen_request(ServiceRequestId id)
{
    return fmt::format("/service/{}/reopen/", id.value);
}

/// The page that confirms a new service request.
inline std::string received_request(ServiceRequestId id)
{
    return fmt::format("/service/{}/received/", id.value);
}

inline std::string desk()
{
    return "/admin/";
}

inline std::string desk_queue(std::string_view query = {})
{
    return "/admin/requests/" + std::string(query);
}

inline std::string desk_call()
{
    return "/admin/requests/create/";
}

inline std::string desk_export(std::string_view query = {})
{
    return "/admin/requests/export.csv" + std::string(query);
}

inline std::string desk_request(ServiceRequestId id, std::string_view query = {})
{
    return fmt::format("/admin/requests/{}/", id.value) + std::string(query);
}

/// The query of a service request's page that was opened from this list (a query); empty for an empty list.
inline std::string from_list(std::string_view list)
{
    return list.empty() ? std::string() : "?list=" + base::percent_encode(list);
}

inline std::string read_desk_request(ServiceRequestId id)
{
    return fmt::format("/admin/requests/{}/read/", id.value);
}

/// Where the form that changes the status is sent.
inline std::string desk_status(ServiceRequestId id)
{
    return fmt::format("/admin/requests/{}/status/", id.value);
}

/// Where the form for a reply or a note is sent.
inline std::string desk_reply(ServiceRequestId id)
{
    return fmt::format("/admin/requests/{}/comments/", id.value);
}

/// Mail of the site, for administrators.
inline std::string desk_mail(std::string_view query = {})
{
    return "/admin/mail/" + std::string(query);
}

inline std::string desk_users(std::string_view query = {})
{
    return "/admin/users/" + std::string(query);
}

inline std::string desk_user(UserId id)
{
    return fmt::format("/admin/users/{}/", id.value);
}

inline std::string desk_accounts(std::string_view query = {})
{
    return "/admin/accounts/" + std::string(query);
}

inline std::string desk_account(AccountId id)
{
    return fmt::format("/admin/accounts/{}/", id.value);
}

} // namespace urls
