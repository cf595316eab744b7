#include "guards/scene.hpp"

namespace guards {

namespace {

using http::Method::Get;
using http::Method::Post;

std::vector<RouteRow> public_rows()
{
    return {
        {Get, "/", "+++aaa"},
        {Get, "/accounts/login/", "+++aaa", {{"next", "/service/"}}},
        {Post, "/accounts/login/", "++++++",
            {{"username", "mei"}, {"password", "wrong password"}, {"next", "/service/"}, {"typist", "1"}}},
        {Get, "/accounts/login/code/", "s++aaa", {{"next", "/service/"}, {"typist", "1"}}},
        {Post, "/accounts/login/code/", "++++++",
            {{"code", "123456"}, {"recovery", "4k7m-pq2x"}, {"next", "/service/"}, {"typist", "1"}}},
        // Where nobody signs in at a provider, as in the scene: provider_pages_test.cpp has one.
        {Get, "/accounts/login/provider/", "nnnnnn", {{"next", "/service/"}, {"typist", "1"}, {"again", "1"}}},
        {Get, "/accounts/login/provider/back/", "nnnnnn",
            {{"code", "abc"}, {"state", "abc"}, {"iss", "https://login.example"}, {"error", "access_denied"}}},
        {Get, "/accounts/password/reset/", "++++++"},
        {Post, "/accounts/password/reset/", "++++++", {{"who", "mei"}}},
        {Get, "/accounts/password/reset/{token}/", "++++++"},
        {Post, "/accounts/password/reset/{token}/", "++++++",
            {{"new_password", "staple battery correct"}, {"new_password_again", "staple battery correct"}}},
        {Get, "/accounts/register/", "+++aaa"},
        {Post, "/accounts/register/", "++++++",
            {{"first_name", "Nils"}, {"last_name", "Berg"}, {"email", "nils@example.com"}, {"username", "nils"},
                {"password", "staple battery correct"}, {"account", "4410-2087-99"}, {"zip", "12545"}}},
        {Get, "/accounts/register/{token}/", "++++++"},
        {Post, "/accounts/register/{token}/", "++++++",
            {{"password", std::string(support::cast_password)}, {"username", "lena"}}},
        {Post, "/accounts/logout/", "s+++++"},
        {Post, "/preferences/theme/", "++++++", {{"theme", "dark"}, {"next", "/service/"}}},
        {Post, "/preferences/language/", "++++++", {{"language", "en-XA"}, {"next", "/service/"}}},
        {Post, "/preferences/start-over/", "s+++++", {{"page", "/service/create/"}}},
        {Get, "/mail/off/{token}/", "++++++"},
        {Post, "/mail/off/{token}/", "++++++", {{"List-Unsubscribe", "One-Click"}}},
        {Get, "/emergency/", "++++++"},
        {Post, "/emergency/", "++++++",
            {{"address", "12 Elm Street"}, {"name", "Mei"}, {"phone", "518 555 0134"}, {"notes", "By the meter"},
                {"place", "inside"}, {"strength", "strong"}, {"unable_to_leave", "no"},
                {"submission", "a-key-of-more-than-22-characters"}}},
        {Get, "/emergency/report/{token}/", "++++++"},
        {Get, "/healthz", "++++++"},
        {Get, "/readyz", "++++++"},
        {Get, "/metrics", "++++++"},
    };
}

std::vector<RouteRow> customer_rows()
{
    return {
        {Get, "/service/", "s++aaa", {{"status", "Pending"}, {"type", "maintenance"}, {"before", "100"}},
            {{"after", "1"}}},
        {Get, "/service/create/", "s++ccc", {{"type", "maintenance"}}},
        {Post, "/service/create/", "s++fff",
            {{"request_type", "maintenance"}, {"account", "other"}, {"address", "12 Elm Street"},
                {"description", "The valve drips"}, {"phone", "518 555 0134"}, {"place", "inside"},
                {"strength", "faint"}, {"unable_to_leave", "no"}, {"submission", "key"}}},
        {Get, "/service/{id}/received/", "sn+aaa"},
        {Get, "/service/{id}/", "sn+aaa"},
        {Post, "/service/{id}/address/", "sn+fff", {{"address", "9 Mill Lane"}}},
        {Post, "/service/{id}/read/", "sn+fff", {{"until", "1796000000000"}}},
        {Post, "/service/{id}/comments/", "sn+fff", {{"text", "It drips more"}, {"submission", "key"}}},
        {Post, "/service/{id}/reopen/", "sn+fff",
            {{"text", "It drips again"}, {"version", "1"}, {"submission", "key"}}},
        {Get, "/service/{id}/attachments/{attachment_id}/", "sn++++"},
        {Get, "/service/{id}/attachments/{attachment_id}/preview/", "sn++++"},
    };
}

std::vector<RouteRow> own_rows()
{
    return {
        {Get, "/notifications/", "s+++++", {{"before", "1796000000000.100"}}},
        {Post, "/notifications/read/", "s+++++", {{"newest", "1796000000000.1"}}},
        {Get, "/account/", "s+++++"},
        {Post, "/account/contact/", "s+++++",
            {{"phone", "518 555 0134"}, {"email", "new@example.com"}, {"version", "1"},
                {"current_password", std::string(support::cast_password)}}},
        {Post, "/account/claim/", "s++fff", {{"account", "4410-2087-99"}, {"zip", "12545"}, {"shares", "1"}}},
        {Post, "/account/{id}/sharing/", "sn+fff", {{"shares", "1"}}},
        {Post, "/account/{id}/unshare/", "sn+fff", {{"user", "2"}}},
        {Post, "/account/asks/{id}/accept/", "sn+fff"},
        {Post, "/account/asks/{id}/decline/", "sn+fff"},
        {Get, "/account/notifications/", "s+++++"},
        {Post, "/account/notifications/", "s+++++",
            {{"mail_replied", "1"}, {"pace", "daily"}, {"digest_at", "07:30"}, {"quiet_from", "22:00"},
                {"quiet_until", "06:00"}, {"time_zone", "America/Denver"}, {"version", "0"}}},
        {Get, "/account/email/confirm/{token}/", "sn+nnn"},
        {Post, "/account/email/confirm/{token}/", "sn+nnn"},
        {Post, "/account/email/again/", "s+++++"},
        {Post, "/account/email/cancel/", "s+++++"},
        {Get, "/account/close/", "s+++++"},
        {Post, "/account/close/", "s++fff", {{"current_password", std::string(support::cast_password)}}},
        {Get, "/account/password/", "s+++++"},
        {Post, "/account/password/", "s+++++",
            {{"current_password", std::string(support::cast_password)}, {"new_password", "staple battery correct"},
                {"new_password_again", "staple battery correct"}}},
        {Get, "/account/security/", "s+++++", {{"next", "/service/"}}},
        {Post, "/account/security/", "s+++++", {{"salt", "abc"}, {"code", "123456"}, {"next", "/service/"}}},
        {Post, "/account/security/off/", "s+++++", {{"current_password", "wrong password"}}},
        {Post, "/account/security/codes/", "s+++++", {{"current_password", "wrong password"}}},
        {Post, "/account/security/codes/file/", "s+++++"},
        {Post, "/account/security/codes/kept/", "s+++++", {{"next", "/service/"}}},
        {Get, "/account/sessions/", "s+++++", {{"before", "100"}}},
        {Post, "/account/sessions/{name}/end/", "s+++++"},
        {Post, "/account/sessions/others/", "s+++++"},
        {Get, "/events/", "++++++", {{"page", "1 unread"}}, {{"user", "0"}, {"browser", "b1"}}},
    };
}

std::vector<RouteRow> desk_rows()
{
    return {
        {Get, "/admin/", "sff+++"},
        {Post, "/admin/confirm/", "sff+++",
            {{"next", "/admin/requests/export.csv"}, {"confirm_password", "wrong password"},
                {"confirm_code", "123456"}}},
        {Get, "/admin/requests/", "sff+++",
            {{"status", "Pending"}, {"type", "maintenance"}, {"q", "valve"}, {"from", "2026-01-01"},
                {"until", "2026-12-31"}, {"resolved", "today"}, {"sort", "oldest"}, {"size", "50"}, {"at", "1.1"}}},
        {Get, "/admin/requests/export.csv", "sff+++", {{"status", "Pending"}, {"q", "valve"}}},
        {Get, "/admin/requests/create/", "sff+++", {{"customer", "mei"}}},
        {Post, "/admin/requests/create/", "sff+++",
            {{"request_type", "maintenance"}, {"customer", "mei"}, {"name", "Mei"}, {"phone", "518 555 0134"},
                {"address", "12 Elm Street"}, {"description", "The valve drips"}, {"note", "It hisses"},
                {"place", "inside"}, {"strength", "faint"}, {"unable_to_leave", "no"}, {"submission", "key"}}},
        {Get, "/admin/requests/create/customers/", "sff+++", {{"q", "mei"}}},
        {Get, "/admin/requests/{id}/", "sff+++", {{"saved", "call"}}},
        {Post, "/admin/requests/{id}/read/", "sff+++", {{"until", "1796000000000"}}},
        {Post, "/admin/requests/{id}/status/", "sff+++",
            {{"send_and", "Resolved"}, {"version", "1"}, {"text", "Mended"}, {"visibility", "public"}}},
        {Post, "/admin/requests/{id}/address/", "sff+++", {{"shown", "12 Elm Street"}, {"address", "14 Elm Street"}}},
        {Post, "/admin/requests/{id}/take/", "sff+++", {{"next", "/admin/users/"}}},
        {Post, "/admin/requests/{id}/take-over/", "sff+++", {{"from", "3"}, {"written_for", "1"}}},
        {Post, "/admin/requests/{id}/link/withdraw/", "sff+++", {{"written_for", "1"}}},
        {Post, "/admin/requests/{id}/give-back/", "sff+++", {{"written_for", "1"}}},
        {Get, "/admin/requests/{id}/false-alarm/", "sff+++"},
        {Post, "/admin/requests/{id}/false-alarm/", "sff+++",
            {{"newest", "1"}, {"finding", "false_alarm"}, {"reason", "A prank"}}},
        {Post, "/admin/requests/{id}/comments/", "sff+++",
            {{"text", "We are coming"}, {"visibility", "public"}, {"submission", "key"}}},
    };
}

std::vector<RouteRow> directory_rows()
{
    return {
        {Get, "/admin/users/", "sff+++", {{"q", "mei"}, {"role", "customer"}, {"state", "on"}, {"after", "1"}}},
        {Get, "/admin/users/create/", "sff+++"},
        {Post, "/admin/users/create/", "sff+++",
            {{"username", "nina"}, {"first_name", "Nina"}, {"last_name", "Ruiz"}, {"email", "nina@example.com"},
                {"phone", "518 555 0134"}, {"role", "customer"}, {"account", "4410-2087-33"}, {"account_id", "1"},
                {"new_number", ""}, {"new_address", ""}, {"submission", "key"}}},
        {Get, "/admin/users/{id}/", "sff+++"},
        {Post, "/admin/users/{id}/", "sff+++",
            {{"first_name", "Mei"}, {"last_name", "Chen"}, {"email", "mei@example.com"}, {"phone", "518 555 0134"},
                {"role", "customer"}, {"is_active", "on"}, {"version", "1"}}},
        {Post, "/admin/users/{id}/password/", "sff+++"},
        {Post, "/admin/users/{id}/password/told/", "sff+++"},
        {Post, "/admin/users/{id}/factor/", "sffff+"},
        {Post, "/admin/users/{id}/unlock/", "sff+++"},
        {Post, "/admin/users/{id}/account/", "sff+++", {{"account", "12 Elm"}, {"account_id", "1"}, {"unlink", "1"}}},
        {Get, "/admin/mail/", "sffff+", {{"state", "waiting"}, {"before", "9"}}},
        {Post, "/admin/mail/{id}/send-again/", "sffff+"},
        {Get, "/admin/accounts/", "sff+++", {{"q", "elm"}, {"after", "1"}}},
        {Get, "/admin/accounts/create/", "sff+++"},
        {Post, "/admin/accounts/create/", "sff+++",
            {{"number", "4410-2087-99"}, {"address", "16 Elm Street"}, {"phone", "518 555 0134"}}},
        {Get, "/admin/accounts/{id}/", "sff+++"},
        {Post, "/admin/accounts/{id}/", "sff+++",
            {{"number", "4410-2087-33"}, {"address", "12 Elm Street"}, {"phone", "518 555 0134"}, {"version", "1"},
                {"is_active", "on"}}},
        {Post, "/admin/accounts/{id}/link/", "sff+++", {{"username", "omar"}}},
        {Post, "/admin/accounts/{id}/unlink/", "sff+++", {{"user", "1"}}},
        {Post, "/admin/accounts/{id}/end-ask/", "sff+++", {{"ask", "1"}}},
    };
}

} // namespace

const std::vector<RouteRow>& route_rows()
{
    static const std::vector<RouteRow> rows = [] {
        std::vector<RouteRow> all;
        for (const auto& part : {public_rows(), customer_rows(), own_rows(), desk_rows(), directory_rows()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return rows;
}

std::string name_of(const RouteRow& row)
{
    return (row.method == Get ? "GET " : "POST ") + std::string(row.pattern);
}

} // namespace guards
