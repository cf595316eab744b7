#include "pages/desk/proof/proof.hpp"

#include "support/second_factor.hpp"
#include "support/test_site.hpp"
#include "users/credentials.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using support::Client;
using support::Phone;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string right{support::cast_password};

class Proof : public testing::Test
{
  protected:
    users::User user(const base::Visitor& who) { return users::get_user(*site.database->read(), who.user_id); }
    Client::Fields details(const base::Visitor& who, std::string_view role, Client::Fields more = {})
    {
        const users::User saved = user(who);
        Client::Fields fields{{"first_name", saved.first_name}, {"last_name", "O’Brien & “Sons”"},
            {"email", saved.email}, {"phone", saved.phone}, {"role", std::string(role)}, {"is_active", "1"},
            {"version", std::to_string(saved.version)}};
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    }
    std::string hash_of_mei() { return users::password_hash_of(*site.database->read(), site.cast.mei.user_id); }
    void later() { site.clock.advance(10min); }

    support::TestSite site;
    Client ada = Client(site).sign_in_as(site.cast.ada);
    const std::string page_of_mei = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/";
    const std::string page_of_ravi = "/admin/users/" + std::to_string(site.cast.ravi.user_id.value) + "/";
};

TEST_F(Proof, ShortlyAfterTheSignInNobodyIsAsked)
{
    site.clock.advance(9min);
    EXPECT_EQ(ada.post(page_of_mei + "password/", {}).status, 303);
    EXPECT_EQ(ada.post(page_of_ravi, details(site.cast.ravi, "supervisor")).status, 303);
    EXPECT_EQ(ada.get("/admin/requests/export.csv").status, 200);
}

TEST_F(Proof, AResetAsksForThePasswordAndThenGoesOn)
{
    const std::string before = hash_of_mei();
    later();
    const auto asked = ada.post(page_of_mei + "password/", {});
    EXPECT_EQ(asked.status, 403);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("<h1>Confirm that it’s you</h1>"), HasSubstr("Nothing is saved yet."),
                                HasSubstr("action=\"" + page_of_mei + "password/\"")));
    for (const std::string wrong : {"", "wrong"})
        EXPECT_NE(ada.post(page_of_mei + "password/", {{"confirm_password", wrong}}).status, 303);
    EXPECT_EQ(hash_of_mei(), before);

    EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_password", right}}).location(), page_of_mei);

    EXPECT_NE(hash_of_mei(), before);
    EXPECT_EQ(ada.post(page_of_mei + "password/", {}).status, 303) << "for ten minutes she is not asked again";
    later();
    EXPECT_EQ(ada.post(page_of_mei + "password/", {}).status, 403);
}

TEST_F(Proof, ANewRoleAsksAndTheTypedDetailsGoAlong)
{
    later();
    const auto asked = ada.post(page_of_ravi, details(site.cast.ravi, "administrator"));
    EXPECT_EQ(asked.status, 403);
    EXPECT_EQ(user(site.cast.ravi).role, base::Role::Representative);
    Client::Fields again;
    for (const auto* name : {"first_name", "last_name", "email", "phone", "role", "is_active", "version"})
        again.emplace_back(name, asked.input(name));
    EXPECT_EQ(asked.input("last_name"), "O’Brien & “Sons”");
    auto wrong = again;
    wrong.emplace_back("confirm_password", "wrong");
    const auto refused = ada.post(page_of_ravi, wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.input("last_name"), "O’Brien & “Sons”");
    again.emplace_back("confirm_password", right);

    EXPECT_EQ(ada.post(page_of_ravi, again).status, 303);

    EXPECT_EQ(user(site.cast.ravi).role, base::Role::Administrator);
    EXPECT_EQ(user(site.cast.ravi).last_name, "O’Brien & “Sons”");
}

TEST_F(Proof, OtherDetailsAreSavedWithoutAsking)
{
    later();
    EXPECT_EQ(ada.post(page_of_ravi, details(site.cast.ravi, "representative")).status, 303);
    EXPECT_EQ(user(site.cast.ravi).last_name, "O’Brien & “Sons”");
}

TEST_F(Proof, ANewColleagueAsksAndANewCustomerDoesNot)
{
    later();
    const auto made = [&](std::string role, Client::Fields more = {}) {
        Client::Fields fields{{"username", "nina-" + role}, {"first_name", "Nina"}, {"last_name", ""}, {"email", ""},
            {"phone", ""}, {"role", role}, {"submission", "key-" + role}};
        fields.insert(fields.end(), more.begin(), more.end());
        return ada.post("/admin/users/create/", fields).status;
    };
    EXPECT_EQ(made("customer"), 303);
    EXPECT_EQ(made("supervisor"), 403);
    EXPECT_EQ(made("supervisor", {{"confirm_password", right}}), 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE username LIKE 'nina-%'"), 2);
}

TEST_F(Proof, AnExportOfEverythingAsksOnAPageOfItsOwn)
{
    later();
    EXPECT_EQ(ada.get("/admin/requests/export.csv?status=Pending").status, 200);
    for (const std::string all : {"/admin/requests/export.csv", "/admin/requests/export.csv?sort=oldest",
             "/admin/requests/export.csv?format=xlsx"}) {
        const auto asked = ada.get(all);
        EXPECT_EQ(asked.status, 403) << all;
        EXPECT_THAT(asked.body, HasSubstr("action=\"/admin/confirm/\""));
        EXPECT_EQ(asked.input("next"), all);
        EXPECT_EQ(ada.post("/admin/confirm/", {{"next", asked.input("next")}}).status, 422);
        EXPECT_EQ(ada.post("/admin/confirm/", {{"next", all}, {"confirm_password", right}}).location(), all);
        EXPECT_EQ(ada.get(all).status, 200);
        later();
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'exported'"), 4);
}

TEST_F(Proof, ACodeWillDoOnce)
{
    const Phone phone(site, site.cast.ada);
    ada.sign_in_as(site.cast.ada);
    later();
    EXPECT_THAT(ada.post(page_of_mei + "password/", {}).body, HasSubstr("name=\"confirm_code\""));
    EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_code", "000000"}}).status, 422);
    const std::string code = phone.code();
    EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_code", code}}).status, 303);
    Client thief(site);
    thief.sign_in_as(site.cast.ada);
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE auth_session SET proved_at = 0"); });
    const auto used = thief.post(page_of_mei + "password/", {{"confirm_code", code}});
    EXPECT_EQ(used.status, 422);
    EXPECT_THAT(used.body, HasSubstr("This code was used a moment ago"));
}

TEST_F(Proof, ARecoveryCodeIsNotUsedUpWhereThePasswordWillDo)
{
    const Phone phone(site, site.cast.ada);
    ada.sign_in_as(site.cast.ada);
    later();
    const auto refused = ada.post(page_of_mei + "password/", {{"confirm_code", std::string(Phone::recovery_code)}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("That is a recovery code. Keep it for a sign-in without your phone"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_recovery_code"), 1);
    EXPECT_EQ(site.database.number("SELECT wrong_codes FROM sign_in_factor"), 0) << "it is no guess";
}

TEST_F(Proof, WrongPasswordsCountForTheSameLimits)
{
    later();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_password", "wrong"}}).status, 422) << i;
    const auto waiting = ada.post(page_of_mei + "password/", {{"confirm_password", right}});
    EXPECT_EQ(waiting.status, 429);
    EXPECT_EQ(waiting.header("Retry-After"), "60");
}

TEST_F(Proof, ThePasswordOfSomebodyElseProvesNothing)
{
    site.database->write([&](db::Transaction& tx) {
        users::set_password(tx, site.cast.mei.user_id, support::cheap_hash("of mei alone"));
    });
    later();
    EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_password", "of mei alone"}}).status, 422);
}

TEST_F(Proof, TheProofOfOneSessionIsNoneForAnother)
{
    Client other = Client(site).sign_in_as(site.cast.ada);
    later();
    EXPECT_EQ(ada.post(page_of_mei + "password/", {{"confirm_password", right}}).status, 303);
    EXPECT_EQ(other.post(page_of_mei + "password/", {}).status, 403);
}

TEST_F(Proof, AResetOfTheSecondFactorAsks)
{
    const Phone phone(site, site.cast.mei);
    later();
    EXPECT_EQ(ada.post(page_of_mei + "factor/", {}).status, 403);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_factor"), 1);
    EXPECT_EQ(ada.post(page_of_mei + "factor/", {{"confirm_password", right}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM sign_in_factor"), 0);
}

TEST_F(Proof, ARightIsAskedForFirst)
{
    Client ravi = Client(site).sign_in_as(site.cast.ravi);
    later();
    const auto refused = ravi.post(page_of_ravi + "password/", {{"confirm_password", right}});
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, Not(HasSubstr("Confirm that it’s you")));
    ravi.post(page_of_mei, details(site.cast.mei, "administrator", {{"confirm_password", right}}));
    EXPECT_EQ(user(site.cast.mei).role, base::Role::Customer);
}

TEST_F(Proof, NoPasswordIsKeptOrLogged)
{
    later();
    ada.set_header("sec-fetch-mode", "navigate");
    testing::internal::CaptureStderr();
    ada.post(page_of_mei + "password/", {{"confirm_password", "not-my-password"}});
    ada.post(page_of_mei + "password/", {{"confirm_password", right}});
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, AllOf(HasSubstr("security confirmed"), Not(HasSubstr("not-my-password")), Not(HasSubstr(right))));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_refused_page WHERE body LIKE '%not-my-password%'"), 0);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft WHERE fields LIKE '%confirm%'"), 0);
}

} // namespace
