#include "outbox/outbox.hpp"
#include "pages/desk/users/users_test_support.hpp"
#include "support/second_factor.hpp"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

namespace pages::desk {
namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The page of a person, and the form that makes a new one.
class PersonPage : public UserPagesTest
{
  protected:
    static Client::Fields lena(Client::Fields more = {})
    {
        Client::Fields form = {{"username", "lena"}, {"first_name", "Lena"}, {"last_name", "Ortiz"},
            {"phone", "518 555 0188"}, {"submission", "key-of-this-form"}};
        form.insert(form.end(), more.begin(), more.end());
        return form;
    }
    std::int64_t count(db::Sql sql) { return site.database.number(sql); }
};

TEST_F(PersonPage, ATemporaryPasswordIsShownAgainToWhoeverMadeItUntilItIsTold)
{
    const std::string page = ravi.post(create, lena()).location();
    const auto shown = ravi.get(page);
    const std::string password = password_on(shown.body);

    EXPECT_EQ(password.size(), 19U) << password;
    EXPECT_EQ(shown.header("Cache-Control"), "no-store");
    EXPECT_EQ(password_on(ravi.get(page).body), password) << "a reload";
    EXPECT_THAT(ada.get(page).body, AllOf(HasSubstr("Lena Ortiz"), Not(HasSubstr(password))));
    Client other_browser(site);
    EXPECT_EQ(password_on(other_browser.sign_in_as(site.cast.ravi).get(page).body).find(password), std::string::npos);
    EXPECT_EQ(ravi.post(page, {{"email", "wrong"}}).body.find(password), std::string::npos)
        << "a refused page is kept, so it must not have it";

    EXPECT_EQ(ada.post(page + "password/told/", {}).location(), page);
    EXPECT_EQ(password_on(ravi.get(page).body), password) << "only whoever made it says that it was told";
    EXPECT_EQ(ravi.post(page + "password/told/", {}).location(), page);
    EXPECT_EQ(password_on(ravi.get(page).body), "");
    Client signed_in(site);
    EXPECT_EQ(signed_in.post("/accounts/login/", {{"username", "lena"}, {"password", password}}).status, 303);
    EXPECT_EQ(signed_in.get("/service/").location(), "/account/password/");
}

TEST_F(PersonPage, ATemporaryPasswordEndsAfterADay)
{
    const auto sign_in = [&](const std::string& password) {
        return Client(site).post("/accounts/login/", {{"username", "lena"}, {"password", password}});
    };
    const std::string page = ravi.post(create, lena()).location();
    const auto shown = ravi.get(page);
    const std::string password = password_on(shown.body);
    EXPECT_THAT(shown.body, HasSubstr("It works for 24 hours."));
    site.clock.advance(std::chrono::hours(24) - std::chrono::seconds(1));
    EXPECT_EQ(sign_in(password).status, 303);
    site.clock.advance(std::chrono::seconds(1));

    const auto refused = sign_in(password);

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("This temporary password has ended: it works for 24 hours. Call us for a new"));
    EXPECT_EQ(refused.header("Set-Cookie").find("gu_session"), std::string::npos);
    for (const auto& wrong : {sign_in("a wrong one"), sign_in("")})
        EXPECT_THAT(wrong.body, Not(HasSubstr("has ended")));

    ravi.sign_in_as(site.cast.ravi).post(page + "password/", {});
    const std::string next = password_on(ravi.get(page).body);
    EXPECT_EQ(sign_in(next).status, 303);
}

TEST_F(PersonPage, ATemporaryPasswordThatEndedIsLikeAWrongOneToWhoeverDoesNotKnowIt)
{
    ravi.post(create, lena());
    site.clock.advance(std::chrono::hours(25));
    const auto guess = [&](std::string name) {
        return Client(site).post("/accounts/login/", {{"username", std::move(name)}, {"password", "a wrong one"}});
    };
    const auto body_for = [&](const std::string& name) {
        std::string body = guess(name).body;
        for (auto at = body.find(name); at != std::string::npos; at = body.find(name))
            body.erase(at, name.size());
        return body.substr(body.find("That user name or password is wrong"), 200);
    };

    EXPECT_EQ(guess("lena").status, guess("nobody").status);
    EXPECT_EQ(body_for("lena"), body_for("nobody"));
}

TEST_F(PersonPage, APasswordOfOnesOwnNeverEnds)
{
    const std::string page = ravi.post(create, lena()).location();
    const std::string password = password_on(ravi.get(page).body);
    Client her(site);
    her.post("/accounts/login/", {{"username", "lena"}, {"password", password}});
    ASSERT_EQ(
        her.post("/account/password/", {{"current_password", password}, {"new_password", "staple battery correct"},
                                           {"new_password_again", "staple battery correct"}})
            .status,
        303);
    site.clock.advance(std::chrono::hours(24 * 400));

    EXPECT_EQ(
        Client(site).post("/accounts/login/", {{"username", "lena"}, {"password", "staple battery correct"}}).status,
        303);
}

TEST_F(PersonPage, ATemporaryPasswordIsNotShownForever)
{
    const std::string page = ravi.post(create, lena()).location();
    site.clock.advance(std::chrono::minutes(14));
    EXPECT_NE(password_on(ravi.get(page).body), "");
    site.clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(password_on(ravi.get(page).body), "");
}

TEST_F(PersonPage, RaviCannotHideThePasswordOfStaff)
{
    const std::string page = url(site.cast.sofia);
    ASSERT_EQ(ada.post(page + "password/", {}).status, 303);

    EXPECT_EQ(ravi.post(page + "password/told/", {}).status, 403);

    EXPECT_NE(password_on(ada.get(page).body), "");
    EXPECT_EQ(password_on(ravi.get(page).body), "");
}

TEST_F(PersonPage, AnotherResetReplacesThePasswordOnShow)
{
    const std::string page = url(site.cast.mei);
    ravi.post(page + "password/", {});
    const std::string first = password_on(ravi.get(page).body);
    ada.post(page + "password/", {});

    EXPECT_NE(first, "");
    EXPECT_EQ(password_on(ravi.get(page).body), "") << "it opens nothing any more";
    EXPECT_NE(password_on(ada.get(page).body), "");
    EXPECT_EQ(count("SELECT count(*) FROM service_shown_password"), 1);
}

TEST_F(PersonPage, WhoResetsAtTheSameTimeAsAColleagueIsToldAndSeesNoPasswordThatDoesNotWork)
{
    const std::string page = url(site.cast.mei);
    const auto seen_on = [](const std::string& body) {
        static const std::regex field("name=\"reset_seen\" value=\"([0-9]+)\"");
        std::smatch found;
        return Client::Fields{
            {"reset_seen", std::regex_search(body, found, field) ? found[1].str() : "none"}, {"account", "4410"}};
    };
    const Client::Fields ravis = seen_on(ravi.get(page).body);
    const Client::Fields adas = seen_on(ada.get(page).body);
    EXPECT_EQ(ravi.post(page + "password/", ravis).status, 303);
    const std::string password = password_on(ravi.get(page).body);

    const auto second = ada.post(page + "password/", adas);
    EXPECT_EQ(second.status, 409);
    EXPECT_THAT(second.body, AllOf(HasSubstr("Ravi Patel reset this password (today, "), HasSubstr("value=\"4410\""),
                                 Not(HasSubstr(password))));
    EXPECT_EQ(password_on(second.body), "");
    EXPECT_EQ(password_on(ravi.get(page).body), password);
    EXPECT_EQ(Client(site).post("/accounts/login/", {{"username", "mei"}, {"password", password}}).status, 303);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'password_reset'"), 1);

    const auto own = ravi.post(page + "password/", ravis);
    EXPECT_EQ(own.status, 409) << "a double click";
    EXPECT_EQ(password_on(own.body), password);
    EXPECT_EQ(ada.post(page + "password/", seen_on(second.body)).status, 303) << "knowing of the first";
}

TEST_F(PersonPage, TheSameFormSentTwiceMakesOneUserAndShowsOnePassword)
{
    const auto form = lena({{"new_number", "4410208799"}, {"new_address", "7 Mill Road"}});
    const std::string page = ravi.post(create, form).location();
    const std::string password = password_on(ravi.get(page).body);

    EXPECT_EQ(ravi.post(create, form).location(), page);
    EXPECT_EQ(password_on(ravi.get(page).body), password);
    EXPECT_EQ(count("SELECT count(*) FROM auth_user"), 6);
    EXPECT_EQ(count("SELECT count(*) FROM service_account"), 3);
}

TEST_F(PersonPage, TheSameFormSentFourTimesAtOnceMakesOneUser)
{
    std::vector<Client> copies(4, ravi);
    std::vector<std::string> pages(copies.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < copies.size(); ++i)
        threads.emplace_back([&, i] {
            pages[i] = copies[i].post(create, lena({{"account", "4410-2087-33"}, {"account_id", "1"}})).location();
        });
    for (std::thread& thread : threads)
        thread.join();

    EXPECT_THAT(pages, testing::Each(pages.front()));
    EXPECT_EQ(count("SELECT count(*) FROM auth_user"), 6);
    EXPECT_EQ(count("SELECT count(*) FROM service_account_user WHERE account_id = 1"), 2);
    EXPECT_NE(password_on(ravi.get(pages.front()).body), "");
}

TEST_F(PersonPage, ANewCustomerGetsAnExistingAccountByItsNumber)
{
    const auto asked = ravi.post(create, lena({{"account", "4410208733"}}));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(
        asked.body, HasSubstr("Mei Chen is the holder. Lena Ortiz will see the holder’s name, address and phone."));
    const std::string page = ravi.post(create, lena({{"account", "4410208733"}, {"account_id", "1"}})).location();

    EXPECT_THAT(ravi.get(page).body,
        AllOf(HasSubstr("4410-2087-33"), HasSubstr("linked account 4410-2087-33"), HasSubstr("No requests yet.")));
    EXPECT_THAT(ravi.get("/admin/accounts/1/").body, AllOf(HasSubstr("Lena Ortiz"), HasSubstr("linked user lena")));
}

TEST_F(PersonPage, AnAddressOffersTheAccountsThatFit)
{
    const auto offered = ravi.post(create, lena({{"account", "elm street"}}));
    EXPECT_EQ(offered.status, 422);
    EXPECT_THAT(offered.body, AllOf(HasSubstr("Choose the right one below, or empty the field."),
                                  HasSubstr("4410-2087-33"), HasSubstr("4410-2087-41"), HasSubstr("value=\"Lena\"")));
    for (const char* const not_offered : {"999", "x", "-1", ""})
        EXPECT_EQ(ravi.post(create, lena({{"account", "12 elm"}, {"account_id", not_offered}})).status, 422)
            << not_offered;
    const auto of_omar = ravi.post(create, lena({{"account", "12 elm"}, {"account_id", "2"}}));
    EXPECT_EQ(of_omar.status, 422) << "there is such an account, but it was not offered";
    EXPECT_THAT(of_omar.body, AllOf(HasSubstr("One account fits."), Not(HasSubstr("4410-2087-41"))));
    EXPECT_EQ(count("SELECT count(*) FROM auth_user"), 5) << "nothing is made before the choice";

    EXPECT_EQ(ravi.post(create, lena({{"account", "elm street"}, {"account_id", "2"}})).status, 303);
    EXPECT_EQ(count("SELECT count(*) FROM service_account_user WHERE account_id = 2"), 2);
    EXPECT_THAT(ravi.post(create, lena({{"username", "x"}, {"account", "Nowhere 1"}})).body,
        HasSubstr("No account has this number or address."));
}

TEST_F(PersonPage, ANewCustomerGetsANewAccountInTheSameStep)
{
    const auto form = lena({{"new_number", "4410 2087 99"}, {"new_address", "7 Mill Road"}});

    const std::string page = ravi.post(create, form).location();

    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("4410-2087-99"), HasSubstr("7 Mill Road"), HasSubstr("holder")));
    EXPECT_THAT(ravi.get("/admin/accounts/3/").body, AllOf(HasSubstr("(518) 555-0188"), HasSubstr("Lena Ortiz")));
}

TEST_F(PersonPage, AnAccountThatCannotBeMadeMakesNoUserEither)
{
    const auto refused = [&](Client::Fields more, std::string_view words) {
        const auto answer = ravi.post(create, lena(std::move(more)));
        EXPECT_EQ(answer.status, 422) << words;
        EXPECT_THAT(answer.body, HasSubstr(std::string(words)));
    };
    refused({{"new_number", "4410-2087-33"}, {"new_address", "7 Mill Road"}}, "Another account has this number.");
    refused({{"new_number", "4410-2087-99"}}, "Enter the service address.");
    refused({{"new_address", "7 Mill Road"}}, "Enter the account number.");
    refused({{"new_number", "x"}, {"new_address", "7 Mill Road"}}, "An account number has at least 4");
    refused({{"account", "4410-2087-33"}, {"new_number", "4410-2087-99"}, {"new_address", "7 Mill Road"}},
        "Enter an existing account or a new one, not both.");
    EXPECT_EQ(count("SELECT count(*) FROM auth_user"), 5);
    EXPECT_EQ(count("SELECT count(*) FROM service_account"), 2);
}

TEST_F(PersonPage, AnAccountIsLinkedAndUnlinkedHere)
{
    const std::string page = url(site.cast.omar);
    const auto asked = ravi.post(page + "account/", {{"account", "4410-2087-33"}});
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("Mei Chen is the holder. Omar Haddad will see the holder’s name, address and phone."),
            HasSubstr("name=\"account_id\""), HasSubstr("12 Elm Street")));
    EXPECT_EQ(ravi.post(page + "account/", {{"account", "4410-2087-33"}, {"account_id", "2"}}).status, 422);
    EXPECT_EQ(ravi.post(page + "account/", {{"account", "4410-2087-33"}, {"account_id", "1"}}).location(), page);
    EXPECT_THAT(ravi.get(page).body,
        AllOf(HasSubstr("The account is linked."), HasSubstr("Unlink 4410-2087-33"), HasSubstr("holder Mei Chen")));
    EXPECT_EQ(ravi.post(page + "account/", {{"account", "4410-2087-41"}}).location(), page) << "the holder's own";
    EXPECT_EQ(ravi.post(page + "account/", {{"unlink", "1"}}).location(), page);
    EXPECT_THAT(ravi.get(page).body,
        AllOf(HasSubstr("The account is no longer linked."), Not(HasSubstr("Unlink 4410-2087-33"))));
    const auto offered = ravi.post(page + "account/", {{"account", "12 elm"}});
    EXPECT_EQ(offered.status, 422);
    EXPECT_THAT(offered.body, AllOf(HasSubstr("One account fits."), HasSubstr("name=\"account_id\"")));
    EXPECT_EQ(ravi.post(page + "account/", {{"account", "12 elm"}, {"account_id", "2"}}).status, 422);
    EXPECT_EQ(count("SELECT count(*) FROM service_account_user"), 2) << "an account that was not offered is not linked";
    EXPECT_EQ(ravi.post(page + "account/", {}).status, 422);
    EXPECT_EQ(ravi.post(url(site.cast.sofia) + "account/", {{"account", "4410-2087-33"}}).status, 403);
}

TEST_F(PersonPage, ALinkLeavesWhatIsTypedAndASaveTakesTheLink)
{
    Client::Fields form = {{"first_name", "Omar"}, {"last_name", "Typed"}, {"email", "omar@example.com"}, {"phone", ""},
        {"role", "customer"}, {"is_active", "1"}, {"version", "1"}, {"account", "4410-2087-33"}, {"account_id", "1"}};
    const std::string page = url(site.cast.omar);
    EXPECT_EQ(ravi.post(page + "account/", form).status, 303);
    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("value=\"Typed\""), HasSubstr("They are not saved yet."),
                                         HasSubstr("id=\"account\" name=\"account\" form=\"user-form\" value=\"\"")));
    EXPECT_EQ(ravi.post(page + "account/", {{"unlink", "1"}}).status, 303);
    EXPECT_EQ(ravi.post(page, form).status, 303);
    EXPECT_EQ(count("SELECT count(*) FROM service_account_user WHERE account_id = 1"), 2);
}

TEST_F(PersonPage, RequestsAreListedOpenOnesFirst)
{
    const auto first = site.submit(site.cast.mei, "The boiler hums");
    const auto second = site.submit(site.cast.mei, "The meter is stuck");
    site.submit(site.cast.omar, "Nobody else reads this");
    site.database->write([&](db::Transaction& tx) {
        tx.apply(
            "UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at WHERE id = $1", second);
        tx.apply("UPDATE service_servicerequest SET account_id = NULL WHERE id = $1", first);
    });

    const std::string page = ravi.get(url(site.cast.mei)).body;
    EXPECT_THAT(page, AllOf(HasSubstr("1 open, 1 resolved"), HasSubstr("All 2 in the queue"),
                          HasSubstr("href=\"/admin/requests/?user=1\""), Not(HasSubstr("Nobody else"))));
    EXPECT_LT(page.find("The boiler hums"), page.find("The meter is stuck"));
    EXPECT_THAT(ravi.get("/admin/accounts/1/").body,
        AllOf(HasSubstr("The meter is stuck"), HasSubstr("All 1 in the queue"), Not(HasSubstr("The boiler hums"))));
    EXPECT_THAT(ravi.get("/admin/accounts/2/").body, HasSubstr("Nobody else reads this"));
    const std::string queue = ravi.get("/admin/requests/?user=1").body;
    EXPECT_THAT(queue, AllOf(HasSubstr("The boiler hums"), HasSubstr("The meter is stuck"),
                           Not(HasSubstr("Nobody else")), HasSubstr("name=\"user\" value=\"1\"")));
    EXPECT_THAT(ravi.get("/admin/requests/?account=1").body,
        AllOf(HasSubstr("The meter is stuck"), Not(HasSubstr("The boiler hums"))));
    EXPECT_THAT(ravi.get("/admin/requests/?user=1&q=boiler").body,
        AllOf(HasSubstr("The boiler hums"), Not(HasSubstr("The meter is stuck"))));
    EXPECT_THAT(ravi.get("/admin/requests/?user=99").body, HasSubstr("not found"));
    EXPECT_THAT(ravi.get("/admin/requests/?user=x").body, HasSubstr("is not one we use"));
    EXPECT_THAT(ravi.ask(http::Method::Get, "/admin/requests/export.csv?account=2").status, http::Status::Ok);
    EXPECT_THAT(ravi.get("/admin/requests/" + std::to_string(first.value) + "/?list=%3Fuser%3D1").body,
        AllOf(HasSubstr("href=\"/admin/requests/?user=1"), HasSubstr("The boiler hums")))
        << "it leads back to the list";
}

TEST_F(PersonPage, ARequestOfThisPersonIsWrittenDownFromHere)
{
    const std::string link = "/admin/requests/create/?customer=mei";
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, HasSubstr("href=\"" + link + "\""));
    EXPECT_THAT(ravi.get(link).body, HasSubstr("name=\"customer\" value=\"mei\""));
    EXPECT_THAT(ravi.get(url(site.cast.sofia)).body, Not(HasSubstr("create/?customer")));
}

TEST_F(PersonPage, TheHistorySaysOldAndNewInWords)
{
    Client::Fields form = {{"first_name", "May"}, {"last_name", ""}, {"email", "mei@example.com"},
        {"phone", "(518) 555-0199"}, {"role", "customer"}, {"is_active", "1"}, {"version", "1"}};
    ASSERT_EQ(ravi.post(url(site.cast.mei), form).status, 303);
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body,
        AllOf(HasSubstr("changed first name from Mei to May"), HasSubstr("removed last name Chen"),
            HasSubstr("(518) 555-0199</span>"), Not(HasSubstr("first_name</span>"))));
    site.database->write([&](db::Transaction& tx) {
        tx.apply(R"(UPDATE service_event SET before_value = '', after_value = 'first_name, email'
                     WHERE kind = 'changed' AND subject = 'user')");
    });
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, AllOf(HasSubstr("changed first name<"), HasSubstr("changed email<")))
        << "from before values were kept";
    ASSERT_EQ(ravi.post("/admin/accounts/1/", {{"number", "4410-2087-33"}, {"address", "14 Elm Street"}, {"phone", ""},
                                                  {"is_active", "1"}, {"version", "1"}})
                  .status,
        303);
    EXPECT_THAT(
        ravi.get("/admin/accounts/1/").body, HasSubstr("changed service address from 12 Elm Street to 14 Elm Street"));
}

TEST_F(PersonPage, TheLastSignInNamesTheDevice)
{
    Client mei(site);
    mei.set_header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, HasSubstr("Never signed in"));
    mei.post("/accounts/login/", {{"username", "MEI"}, {"password", std::string(support::cast_password)}});
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, HasSubstr(", with Firefox on Linux"));
}

TEST_F(PersonPage, AnAdministratorResetsTheSecondFactorOfALostPhone)
{
    site.database->write([](db::Transaction& tx) { outbox::set_switch(tx, true); });
    const std::string page = url(site.cast.mei);
    EXPECT_THAT(ada.get(page).body, Not(HasSubstr("Phone lost?")));
    const support::Phone phone(site, site.cast.mei);
    Client mei = Client(site).sign_in_as(site.cast.mei);
    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("Signs in with a code"), Not(HasSubstr("Phone lost?"))));
    EXPECT_EQ(ravi.post(page + "factor/", {}).status, 403);
    EXPECT_THAT(ada.get(page).body, HasSubstr("Phone lost? Reset it"));

    EXPECT_EQ(ada.post(page + "factor/", {{"first_name", "Mei-Ling"}, {"version", "1"}}).location(), page);

    EXPECT_THAT(ada.get(page).body, AllOf(HasSubstr("The second step is reset."), HasSubstr("value=\"Mei-Ling\""),
                                        HasSubstr("reset the second step of the sign-in")));
    EXPECT_EQ(mei.get("/account/").status, 303) << "signed out everywhere";
    EXPECT_THAT(site.notifications(), testing::ElementsAre("mei: The second step of your sign-in was reset"));
    EXPECT_EQ(Client(site).sign_in_again("mei").location(), "/");
    ada.post(page + "factor/", {});
    EXPECT_THAT(ada.get(page).body, HasSubstr("This user has no second step."));
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'factor_reset'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_mail WHERE kind = 'factor_off'"), 1);
}

TEST_F(PersonPage, NobodyResetsTheirOwnSecondFactor)
{
    const support::Phone phone(site, site.cast.ada);
    ada.sign_in_as(site.cast.ada);
    EXPECT_THAT(ada.get(url(site.cast.ada)).body, Not(HasSubstr("Phone lost?")));
    EXPECT_EQ(ada.post(url(site.cast.ada) + "factor/", {}).status, 403);
    EXPECT_EQ(count("SELECT count(*) FROM sign_in_factor"), 1);
}

} // namespace
} // namespace pages::desk
