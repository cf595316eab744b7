// The lines that whoever guards the site looks at: each with its name, in both formats, and nothing secret in any.

#include "base/log.hpp"
#include "server/watch/connections.hpp"
#include "support/test_site.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view address = "203.0.113.7";

class SecurityLog : public testing::Test
{
  protected:
    SecurityLog()
    {
        for (Client* one : {&guest, &mei, &ravi, &ada})
            one->set_address(std::string(address));
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
        ada.sign_in_as(site.cast.ada);
        base::log::set_format(base::log::Format::Json);
    }
    ~SecurityLog() override
    {
        base::log::set_format(base::log::Format::Text);
        base::log::set_level(base::log::Level::Info);
    }

    static std::string log_of(const std::function<void()>& act)
    {
        testing::internal::CaptureStderr();
        act();
        return testing::internal::GetCapturedStderr();
    }
    /// `"user":3`, or null for nobody.
    static std::string field(std::string_view name, UserId user)
    {
        return "\"" + std::string(name) + "\":" + (user ? std::to_string(user.value) : "null");
    }
    /// A whole line, but for the time and the id of the request.
    static auto line(std::string_view event, UserId user, UserId about, std::string_view detail = {})
    {
        return AllOf(HasSubstr("\"message\":\"security\",\"request_id\":\""),
            HasSubstr("\"event\":\"" + std::string(event) + "\"," + field("user", user) + "," + field("about", about) +
                      ",\"address\":\"" + std::string(address) +
                      "\",\"detail\":" + (detail.empty() ? "null" : "\"" + std::string(detail) + "\"") + "}\n"));
    }
    support::Answer sign_in(Client& by, std::string name, std::string password)
    {
        return by.post("/accounts/login/", {{"username", std::move(name)}, {"password", std::move(password)}});
    }
    static std::string page_of(const base::Visitor& user)
    {
        return "/admin/users/" + std::to_string(user.user_id.value) + "/";
    }

    support::TestSite site;
    Client guest{site};
    Client mei{site};
    Client ravi{site};
    Client ada{site};
};

TEST_F(SecurityLog, SaysWhoSignsInAndOut)
{
    EXPECT_THAT(log_of([&] { sign_in(guest, "mei", std::string(support::cast_password)); }),
        line("signed_in", site.cast.mei.user_id, {}));
    EXPECT_THAT(log_of([&] { guest.post("/accounts/logout/", {}); }), line("session_ended", site.cast.mei.user_id, {}));
}

TEST_F(SecurityLog, NamesAWrongPasswordButNeverWhatWasTyped)
{
    const std::string known = log_of([&] { sign_in(guest, "mei", "my secret phrase"); });
    EXPECT_THAT(known, line("wrong_password", {}, site.cast.mei.user_id, "new_device"));
    EXPECT_THAT(known, AllOf(Not(HasSubstr("my secret phrase")), Not(HasSubstr("mei"))));

    const std::string unknown = log_of([&] { sign_in(guest, "typed-my-password-here", "another phrase"); });
    EXPECT_THAT(unknown, line("wrong_password", {}, {}, "new_device"));
    EXPECT_THAT(unknown, AllOf(Not(HasSubstr("typed-my")), Not(HasSubstr("another phrase"))));
}

TEST_F(SecurityLog, NamesWhoeverIsSlowedAndRefused)
{
    std::string log;
    for (int i = 0; i < 120 && log.find("network_slowed") == std::string::npos; ++i) {
        site.clock.advance(std::chrono::seconds(2));
        log += log_of([&] { sign_in(guest, "user" + std::to_string(i), "wrong"); });
    }
    EXPECT_THAT(log, line("network_slowed", {}, {}));
    EXPECT_THAT(log_of([&] { sign_in(guest, "nobody", "wrong"); }), line("guess_refused", {}, {}));
}

TEST_F(SecurityLog, NamesAUserNameThatIsGuessed)
{
    std::string log;
    for (int i = 0; i < 200 && log.find("user_name_slowed") == std::string::npos; ++i) {
        Client elsewhere(site);
        elsewhere.set_address("198.51.100." + std::to_string(i));
        log = log_of([&] { sign_in(elsewhere, "mei", "wrong"); });
    }
    EXPECT_THAT(
        log, HasSubstr("\"event\":\"user_name_slowed\",\"user\":null," + field("about", site.cast.mei.user_id)));
}

TEST_F(SecurityLog, NamesARefusedRightAndAFormOfAnotherSite)
{
    EXPECT_THAT(
        log_of([&] { mei.get("/admin/users/"); }), line("right_refused", site.cast.mei.user_id, {}, "/admin/users/"));
    mei.set_header("origin", "https://evil.example");
    mei.set_header("sec-fetch-site", "cross-site");
    EXPECT_THAT(log_of([&] {
        mei.post("/service/create/", {{"description", "x"}});
    }),
        HasSubstr("\"event\":\"form_refused\""));
}

TEST_F(SecurityLog, NamesALimitThatIsMet)
{
    site.services().site.rules.requests_a_day = 1;
    const auto send = [&](std::string text) {
        mei.post("/service/create/", {{"request_type", "billing"}, {"description", std::move(text)}, {"account", "1"}});
    };
    send("One");
    EXPECT_THAT(log_of([&] { send("Two"); }), line("limit_met", site.cast.mei.user_id, {}, "/service/create/"));
    server::RefusalNotes notes;
    EXPECT_THAT(log_of([&] {
        notes.note({.remote_address = std::string(address), .limit = http::ConnectionLimit::OfAddress});
    }),
        HasSubstr("\"event\":\"connections_refused\",\"user\":null,\"about\":null,\"address\":\"203.0.113.7\","
                  "\"detail\":\"connections_per_address\"}"));
}

TEST_F(SecurityLog, NamesAnExport)
{
    EXPECT_THAT(log_of([&] { ravi.get("/admin/requests/export.csv?q=Mei"); }),
        AllOf(line("exported", site.cast.ravi.user_id, {}, "csv"), Not(HasSubstr("Mei"))));
}

TEST_F(SecurityLog, NamesNewUsersAndWhatBecomesOfThem)
{
    const UserId ada_id = site.cast.ada.user_id;
    const UserId omar = site.cast.omar.user_id;
    const auto save = [&](bool is_active) {
        const auto user = users::get_user(*site.database->read(), omar);
        Client::Fields form = {{"first_name", user.first_name}, {"last_name", user.last_name}, {"email", user.email},
            {"phone", user.phone}, {"role", "representative"}, {"version", std::to_string(user.version)}};
        if (is_active)
            form.emplace_back("is_active", "1");
        ada.post(page_of(site.cast.omar), form);
    };
    EXPECT_THAT(log_of([&] { save(true); }), line("role_changed", ada_id, omar, "customer to representative"));
    EXPECT_THAT(log_of([&] { save(false); }), line("user_deactivated", ada_id, omar));
    EXPECT_THAT(log_of([&] { save(true); }), line("user_activated", ada_id, omar));
    EXPECT_THAT(log_of([&] {
        ada.post("/admin/users/create/", {{"username", "lena"}, {"first_name", "Lena"}, {"last_name", "Ortiz"},
                                             {"role", "customer"}, {"submission", "key-of-this-form"}});
    }),
        HasSubstr("\"event\":\"user_created\"," + field("user", ada_id)));
}

TEST_F(SecurityLog, NamesResetAndChangedPasswordsWithoutThem)
{
    EXPECT_THAT(log_of([&] { ravi.post(page_of(site.cast.mei) + "password/", {}); }),
        line("password_reset", site.cast.ravi.user_id, site.cast.mei.user_id));
    EXPECT_THAT(log_of([&] { ravi.post(page_of(site.cast.mei) + "unlock/", {}); }),
        line("wait_ended", site.cast.ravi.user_id, site.cast.mei.user_id));
    const std::string changed = log_of([&] {
        ada.post("/account/password/",
            {{"current_password", std::string(support::cast_password)}, {"new_password", "staple battery correct"},
                {"new_password_again", "staple battery correct"}});
    });
    EXPECT_THAT(changed, line("password_changed", site.cast.ada.user_id, {}));
    EXPECT_THAT(changed, AllOf(Not(HasSubstr("staple")), Not(HasSubstr("correct horse"))));
}

TEST_F(SecurityLog, NamesATemporaryPasswordThatHasEnded)
{
    ravi.post(page_of(site.cast.mei) + "password/", {});
    std::string page = ravi.get(page_of(site.cast.mei)).body;
    page = page.substr(page.find("id=\"temporary-password\">") + 24);
    const std::string password = page.substr(0, page.find('<'));
    site.clock.advance(std::chrono::hours(25));
    const std::string log = log_of([&] { sign_in(guest, "mei", password); });
    EXPECT_THAT(log, line("temporary_password_ended", {}, site.cast.mei.user_id));
    EXPECT_THAT(log, Not(HasSubstr(password)));
}

TEST_F(SecurityLog, NamesAWithdrawnLinkWithoutItsToken)
{
    const std::string link =
        guest.post("/emergency/", {{"submission", std::string(22, 'a')}, {"address", "9 Oak"}}).location();
    const std::string log = log_of([&] { ravi.post("/admin/requests/1/link/withdraw/", {}); });
    EXPECT_THAT(log, line("link_withdrawn", site.cast.ravi.user_id, {}, "/admin/requests/1/"));
    EXPECT_THAT(log, Not(HasSubstr(link.substr(link.find("report/") + 7))));
}

TEST_F(SecurityLog, IsReadableAsTextAndNoLevelDropsIt)
{
    base::log::set_format(base::log::Format::Text);
    base::log::set_level(base::log::Level::Error);

    const std::string log = log_of([&] { mei.get("/admin/users/"); });

    EXPECT_THAT(log, AllOf(HasSubstr(" info request "),
                         HasSubstr(": security right_refused user=" + std::to_string(site.cast.mei.user_id.value) +
                                   " address=203.0.113.7 detail=/admin/users/\n")));
}

} // namespace
