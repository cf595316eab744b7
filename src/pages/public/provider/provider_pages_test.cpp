#include "pages/public/provider/provider_pages.hpp"

#include "actions/change_user.hpp"
#include "actions/people/reset_by_mail.hpp"
#include "base/log.hpp"
#include "base/url_encoding.hpp"
#include "oidc/provider.hpp"
#include "pages/shared/urls.hpp"
#include "support/fake_provider.hpp"
#include "support/second_factor.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

namespace {

using namespace std::chrono_literals;
using support::Answer;
using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ProviderPages : public testing::Test
{
  protected:
    ProviderPages() { configure(there.settings()); }

    void configure(const oidc::Settings& settings)
    {
        site.services().provider = std::make_unique<oidc::Provider>(settings, site.clock);
        site.services().self_service.provider = site.services().provider.get();
    }
    static std::string leave(Client& from, const std::string& next = "/")
    {
        return from.get(urls::provider(next)).location();
    }
    Answer sign_in(Client& from, const std::string& next = "/") { return from.get(there.let_in(leave(from, next))); }
    void set_groups(const std::string& group) { there.claims["groups"] = "[\"" + group + "\"]"; }
    std::int64_t sessions() { return site.database.number("SELECT count(*) FROM auth_session"); }
    std::int64_t users() { return site.database.number("SELECT count(*) FROM auth_user"); }
    std::string role_of(std::string_view username)
    {
        return site.database->read()
            ->query("SELECT role FROM auth_user WHERE username = $1", username)
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("nobody");
    }
    void execute(db::Sql sql)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(sql); });
    }
    static std::string log_of(const std::function<void()>& work)
    {
        testing::internal::CaptureStderr();
        work();
        return testing::internal::GetCapturedStderr();
    }
    Answer type_password(Client& from, const base::Visitor& user) { return from.sign_in_again(user.username); }

    support::TestSite site;
    support::FakeProvider there{site.clock};
    Client browser{site};
    Client other{site};
};

TEST_F(ProviderPages, NinaComesToTheDeskWithTheRoleOfHerGroup)
{
    const Answer page = browser.get("/accounts/login/?next=%2Fadmin%2Fusers%2F");
    EXPECT_THAT(page.body, AllOf(HasSubstr(">Staff</h2>"), HasSubstr("Sign in with your work account"),
                               HasSubstr("/accounts/login/provider/?next=%2Fadmin%2Fusers%2F")));
    const Answer left = browser.get(urls::provider("/admin/users/"));
    EXPECT_EQ(left.status, 303);
    EXPECT_EQ(left.header("Cache-Control"), "no-store");
    EXPECT_THAT(left.location(), StartsWith(there.issuer() + "/authorize?"));
    const Answer back = browser.get(there.let_in(left.location()));
    EXPECT_EQ(back.location(), "/admin/users/");
    EXPECT_EQ(back.header("Cache-Control"), "no-store");
    EXPECT_THAT(browser.get("/admin/").body, HasSubstr("Nina Ruiz"));
    EXPECT_EQ(role_of("nina"), "representative");
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_started"), 0);
    // There is no password that fits.
    EXPECT_EQ(other.post("/accounts/login/", {{"username", "nina"}, {"password", "!"}}).status, 422);
    // The next time it is the same user.
    const auto before = users();
    EXPECT_EQ(sign_in(other).location(), "/admin/");
    EXPECT_EQ(users(), before);
}

TEST_F(ProviderPages, WithoutAProviderThereIsNothing)
{
    site.services().self_service.provider = nullptr;
    EXPECT_THAT(browser.get("/accounts/login/").body, Not(HasSubstr("work account")));
    EXPECT_EQ(browser.get(urls::provider("/")).status, 404);
    EXPECT_EQ(browser.get("/accounts/login/provider/back/?code=a&state=b").status, 404);
}

TEST_F(ProviderPages, TheRoleFollowsTheGroupsAndOtherSessionsEnd)
{
    sign_in(browser);
    set_groups("leads");
    sign_in(other);
    EXPECT_EQ(role_of("nina"), "supervisor");
    EXPECT_EQ(browser.get("/admin/").status, 303) << "the session before has ended";
    EXPECT_EQ(other.get("/admin/").status, 200);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'role' AND subject = 'user'"), 1);
    set_groups("admins");
    EXPECT_THAT(log_of([&] { sign_in(browser); }),
        AllOf(HasSubstr("security role_changed"), HasSubstr("supervisor to administrator")));
}

TEST_F(ProviderPages, WithoutAGroupNobodyComesInAndSessionsEnd)
{
    set_groups("visitors");
    const auto before = users();
    const Answer refused = sign_in(browser);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("Your work account has no role here"), HasSubstr("sign in again")));
    EXPECT_EQ(users(), before);
    EXPECT_EQ(sessions(), 0);

    set_groups("desk");
    sign_in(browser);
    EXPECT_EQ(sessions(), 1);
    set_groups("visitors");
    EXPECT_THAT(log_of([&] { sign_in(other); }), AllOf(HasSubstr("security provider_refused"), HasSubstr("no_role")));
    EXPECT_EQ(sessions(), 0);
}

TEST_F(ProviderPages, WhoeverIsTurnedOffStaysOut)
{
    sign_in(browser);
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'nina'");
    set_groups("admins");
    const Answer refused = sign_in(other);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr("Your user here is turned off"));
    EXPECT_EQ(role_of("nina"), "representative");
    EXPECT_EQ(other.get("/admin/").status, 303);
}

TEST_F(ProviderPages, TheLastAdministratorStaysOne)
{
    set_groups("admins");
    sign_in(browser);
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'ada'");
    set_groups("desk");
    const Answer refused = sign_in(other);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr("you are the last administrator here"));
    EXPECT_EQ(role_of("nina"), "administrator");
}

TEST_F(ProviderPages, AnAnswerBelongsToTheBrowserThatLeft)
{
    // Somebody signs in as himself and sends the link to Ravi.
    const std::string link = there.let_in(leave(browser));
    for (const auto& before : {std::string(), there.let_in(leave(other))}) {
        const Answer refused = other.get(link);
        EXPECT_EQ(refused.status, 403) << before;
        EXPECT_THAT(refused.body, HasSubstr("Start the sign-in again"));
        EXPECT_EQ(sessions(), 0);
    }
    EXPECT_EQ(browser.get(link).status, 303);
}

TEST_F(ProviderPages, AnAnswerWorksOnceAndForTenMinutes)
{
    const std::string link = there.let_in(leave(browser));
    EXPECT_EQ(browser.get(link).status, 303);
    browser.post("/accounts/logout/", {});
    EXPECT_EQ(browser.get(link).status, 403);
    const std::string late = there.let_in(leave(browser));
    site.clock.advance(10min);
    EXPECT_EQ(browser.get(late).status, 403);
    EXPECT_EQ(sessions(), 0);
    for (const char* target : {"/accounts/login/provider/back/", "/accounts/login/provider/back/?state=&code=x",
             "/accounts/login/provider/back/?error=access_denied&state=made-up"})
        EXPECT_EQ(browser.get(target).status, 403) << target;
}

TEST_F(ProviderPages, SeveralTabsMayBeOnTheWay)
{
    const std::string first = leave(browser, "/admin/users/");
    const std::string second = leave(browser, "/admin/accounts/");
    EXPECT_EQ(browser.get(there.let_in(second)).location(), "/admin/accounts/");
    EXPECT_EQ(browser.get(there.let_in(first)).location(), "/admin/users/");
}

TEST_F(ProviderPages, NextLeadsToPagesOfOursOnly)
{
    for (const std::string next :
        {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"}) {
        Client fresh(site);
        EXPECT_EQ(sign_in(fresh, next).location(), "/admin/") << next;
    }
    Client fresh(site);
    EXPECT_EQ(sign_in(fresh, "/no-such-page/").location(), "/");
}

TEST_F(ProviderPages, ARefusedTokenOpensNothingAndTellsNothing)
{
    base::log::set_format(base::log::Format::Json);
    there.claims["aud"] = R"("another-client")";
    const std::string link = there.let_in(leave(browser, "/admin/users/"));
    Answer refused;
    const std::string log = log_of([&] { refused = browser.get(link); });
    base::log::set_format(base::log::Format::Text);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("We could not accept this sign-in"), Not(HasSubstr("client")),
                                  HasSubstr("/accounts/login/provider/?next=%2Fadmin%2Fusers%2F")));
    EXPECT_EQ(sessions(), 0);
    EXPECT_THAT(log, AllOf(HasSubstr(R"("event":"provider_refused","user":null)"), HasSubstr(R"("detail":"audience")"),
                         HasSubstr("the token is for another client")));
    const std::string code = base::decode_form(link.substr(link.find('?') + 1)).front().second;
    for (const std::string& secret : {there.last_token(), std::string("a-secret-token"), code,
             browser.cookie("gu_provider"), there.settings().client_secret})
        EXPECT_THAT(log, Not(HasSubstr(secret)));
}

TEST_F(ProviderPages, WhoeverStopsThereReadsHowToGoOn)
{
    const Answer canceled = browser.get(there.cancel(leave(browser)));
    EXPECT_EQ(canceled.status, 403);
    EXPECT_THAT(canceled.body, AllOf(HasSubstr("You are not signed in"), Not(HasSubstr("secret"))));
    EXPECT_EQ(browser.get(there.cancel(leave(browser), "temporarily_unavailable")).status, 503);
}

TEST_F(ProviderPages, AProviderThatIsDownSaysWhatToDo)
{
    there.answer_instead = support::ScriptedServer::answer(503, "");
    const Answer page = browser.get(urls::provider("/admin/"));
    EXPECT_EQ(page.status, 503);
    EXPECT_FALSE(page.header("Retry-After").empty());
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("Work accounts don’t answer right now"), HasSubstr("Sign in with a password"),
                       HasSubstr("/accounts/login/provider/?next=%2Fadmin%2F")));
    EXPECT_EQ(type_password(browser, site.cast.ada).location(), "/admin/");
}

TEST_F(ProviderPages, OnlyAdministratorsTypeAPasswordWhereTheSettingsSaySo)
{
    site.services().self_service.local = sign_in::LocalSignIn::Administrators;
    std::string log = log_of([&] {
        const Answer refused = type_password(browser, site.cast.ravi);
        EXPECT_EQ(refused.status, 403);
        EXPECT_THAT(refused.body, HasSubstr("The staff sign in here with their work account."));
    });
    EXPECT_THAT(log, HasSubstr("security local_sign_in_refused"));
    EXPECT_EQ(type_password(browser, site.cast.sofia).status, 403);
    EXPECT_EQ(sessions(), 0);
    EXPECT_EQ(browser.post("/accounts/login/", {{"username", "ravi"}, {"password", "wrong"}}).status, 422);
    EXPECT_EQ(type_password(browser, site.cast.ada).location(), "/admin/");
    EXPECT_EQ(type_password(other, site.cast.mei).location(), "/");
}

TEST_F(ProviderPages, AVerifiedEmailLinksTheOneUserOfTheStaffWhereTheSettingsSaySo)
{
    execute("UPDATE auth_user SET email = 'ravi@gas.example' WHERE username IN ('ravi', 'mei')");
    there.claims["email"] = R"("Ravi@gas.example")";
    there.claims["email_verified"] = "true";
    auto settings = there.settings();
    const auto before = users();
    const auto sign_in_as = [&](const std::string& subject) {
        there.claims["sub"] = "\"" + subject + "\"";
        there.claims["preferred_username"] = "\"" + subject + "\"";
        Client fresh(site);
        return sign_in(fresh).status;
    };
    EXPECT_EQ(sign_in_as("u-off"), 303);
    EXPECT_EQ(users(), before + 1) << "off: a user of its own";
    execute("UPDATE auth_user SET email = '' WHERE username = 'u-off'");
    settings.links_by_email = true;
    configure(settings);
    there.claims["email_verified"] = "false";
    EXPECT_EQ(sign_in_as("u-not-verified"), 303);
    EXPECT_EQ(users(), before + 2);
    there.claims["email_verified"] = "true";
    EXPECT_THAT(log_of([&] { EXPECT_EQ(sign_in_as("u-on"), 303); }), HasSubstr("security provider_linked"));
    EXPECT_EQ(users(), before + 2);
    EXPECT_EQ(role_of("ravi"), "representative");
    // Another subject does not get the same user, nor one of two.
    EXPECT_EQ(sign_in_as("u-second"), 303);
    EXPECT_EQ(users(), before + 3);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_identity i JOIN auth_user u ON u.id = i.user_id "
                                   "WHERE u.username = 'ravi'"),
        1);
    execute("UPDATE auth_user SET email = 'both@gas.example' WHERE username IN ('sofia', 'ada')");
    there.claims["email"] = R"("both@gas.example")";
    EXPECT_EQ(sign_in_as("u-both"), 303);
    EXPECT_EQ(users(), before + 4);
}

TEST_F(ProviderPages, ANameThatIsTakenOrNoneBecomesAnother)
{
    there.claims["preferred_username"] = R"("Mei")";
    sign_in(browser);
    EXPECT_EQ(role_of("mei"), "customer");
    there.claims["sub"] = R"("u-2")";
    there.claims["preferred_username"] = R"("<b>nina</b>")";
    sign_in(other);
    Client third(site);
    there.claims["sub"] = R"("u-3")";
    there.claims["preferred_username"] = "\"\u043E\u043C\u0430\u0433\"";
    sign_in(third);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE username LIKE 'staff-%'"), 3)
        << "one that looks like omar";
}

TEST_F(ProviderPages, OurSecondFactorIsAskedForOnlyWhereTheRoleNeedsOneAndTheProviderAskedForNone)
{
    sign_in(browser);
    const auto nina = site.database->read()
                          ->query("SELECT id FROM auth_user WHERE username = 'nina'")
                          .first([](const db::Row& row) { return row.id<UserId>(0); })
                          .value();
    const base::Visitor visitor{
        .user_id = nina, .role = base::Role::Representative, .username = "nina", .full_name = {}};
    site.rules().second_factor_from = base::Role::Representative;
    Client without(site);
    sign_in(without);
    EXPECT_THAT(without.get("/admin/").location(), StartsWith("/account/security/")) << "she has none yet";
    there.claims["amr"] = R"(["pwd","mfa"])";
    Client with(site);
    sign_in(with);
    EXPECT_EQ(with.get("/admin/").status, 200);

    const support::Phone phone(site, visitor);
    EXPECT_EQ(sign_in(other).location(), "/admin/");
    there.claims.erase("amr");
    Client asked(site);
    const Answer to_code = sign_in(asked, "/admin/users/");
    EXPECT_EQ(to_code.location(), "/accounts/login/code/?next=%2Fadmin%2Fusers%2F");
    EXPECT_EQ(asked.get("/admin/").status, 303);
    EXPECT_EQ(asked.post("/accounts/login/code/", {{"code", phone.code()}, {"next", "/admin/users/"}}).location(),
        "/admin/users/");
    EXPECT_EQ(asked.get("/admin/").status, 200);
    site.rules().second_factor_from = {};
    Client not_asked(site);
    EXPECT_EQ(sign_in(not_asked).location(), "/admin/");
}

TEST_F(ProviderPages, WhatWasTypedComesBack)
{
    sign_in(browser);
    const std::string form = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/";
    browser.get(form);
    browser.end_session();
    const Answer asked = browser.post(form, {{"first_name", "Meiling"}, {"last_name", "Chen"}, {"version", "1"}});
    EXPECT_EQ(asked.status, 403);
    const auto begin = asked.body.find("/accounts/login/provider/?next=");
    ASSERT_NE(begin, std::string::npos);
    std::string link = asked.body.substr(begin, asked.body.find('"', begin) - begin);
    link.replace(link.find("&amp;"), 5, "&");
    EXPECT_THAT(link, HasSubstr("&typist="));
    const Answer back = browser.get(there.let_in(browser.get(link).location()));
    EXPECT_EQ(back.location(), form);
    EXPECT_THAT(browser.get(form).body, HasSubstr("Meiling"));
    // Somebody else gets nothing of it.
    there.claims["sub"] = R"("u-2")";
    EXPECT_EQ(other.get(there.let_in(other.get(link).location())).location(), "/admin/");
}

TEST_F(ProviderPages, ThePasswordBeforeDangerousFormsIsTheProvidersAndNotOlderThanTenMinutes)
{
    set_groups("admins");
    sign_in(browser);
    const std::string reset = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/password/";
    const Answer asked = browser.post(reset, {});
    EXPECT_EQ(asked.status, 403);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Confirm that it’s you"), HasSubstr("/accounts/login/provider/?again=1")));
    const std::string again = urls::provider_again("/admin/users/");
    EXPECT_THAT(browser.get(again).location(), HasSubstr("prompt=login&max_age=0"));
    const auto come_back = [&](base::Time proved_at) {
        there.claims["auth_time"] =
            std::to_string(std::chrono::floor<std::chrono::seconds>(proved_at).time_since_epoch().count());
        return browser.get(there.let_in(browser.get(again).location()));
    };
    EXPECT_EQ(come_back(site.clock.now() - 5min).status, 403) << "the provider did not ask";
    EXPECT_EQ(come_back(site.clock.now()).location(), "/admin/users/");
    EXPECT_EQ(browser.post(reset, {}).status, 303);
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM auth_user WHERE username = 'mei' AND must_change_password = 1"), 1);
}

TEST_F(ProviderPages, NobodyMailsALinkToAPasswordOfOurs)
{
    there.claims["email"] = R"("nina@gas.example")";
    there.claims["email_verified"] = "true";
    sign_in(browser);
    execute("UPDATE service_mail_switch SET is_on = 1");
    site.services().self_service.has_mail = true;
    for (const char* who : {"nina@gas.example", "nina", "mei"})
        other.post("/accounts/password/reset/", {{"who", who}});
    actions::mail_reset_links(*site.database, site.clock.now(), urls::reset_link);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_mail WHERE kind = 'password_reset'"), 1);
}

TEST_F(ProviderPages, SpanishReadersReadSpanish)
{
    browser.set_header("accept-language", "es");
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr("Iniciar sesión con su cuenta de trabajo"));
    EXPECT_THAT(browser.get("/accounts/login/provider/back/").body, HasSubstr("Vuelva a iniciar la sesión"));
    auto settings = there.settings();
    settings.name = "Gas ID";
    configure(settings);
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr("Iniciar sesión con Gas ID"));
}

TEST_F(ProviderPages, HostileValuesAreHarmless)
{
    for (const std::string& value : {std::string(), std::string(10'000, 'x'), std::string("<script>alert(1)</script>"),
             std::string("a\r\nSet-Cookie: a=b"), std::string("%00"), std::string("-1"),
             std::string("9223372036854775808")}) {
        const std::string encoded = base::percent_encode(value);
        Client fresh(site);
        fresh.set_cookie("gu_provider", value);
        for (const std::string name : {"next", "typist", "again"}) {
            const Answer left = fresh.get("/accounts/login/provider/?" + name + '=' + encoded);
            EXPECT_THAT(left.location(), StartsWith(there.issuer() + "/authorize?")) << name;
            EXPECT_THAT(left.location(), Not(HasSubstr("\n")));
        }
        for (const std::string name : {"code", "state", "iss", "error"}) {
            Client another(site);
            std::string back = there.let_in(leave(another));
            back = name + '=' + encoded + '&' + back.substr(back.find('?') + 1);
            const Answer answer = another.get("/accounts/login/provider/back/?" + back);
            EXPECT_TRUE(answer.status == 403 || (answer.status == 303 && value.empty())) << name << answer.status;
            EXPECT_THAT(answer.body, Not(HasSubstr("<script>alert")));
        }
    }
}

TEST_F(ProviderPages, TooManyDeparturesOfOneNetworkWait)
{
    int refused = 0;
    for (int i = 0; i < 70; ++i)
        refused += browser.get(urls::provider("/")).status == 429 ? 1 : 0;
    EXPECT_GE(refused, 9);
}

} // namespace
