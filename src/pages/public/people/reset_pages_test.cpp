#include "pages/public/people/mail_test_support.hpp"

#include "actions/change_password.hpp"
#include "sign_in/reset_link.hpp"

#include <gmock/gmock.h>

namespace pages::public_ {

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string reset = "/accounts/password/reset/";
const std::string wanted = "seven lamps of winter";
const std::string right{support::cast_password};

class ResetPages : public MailTest
{
  protected:
    support::Answer ask(std::string who) { return browser.post(reset, {{"who", std::move(who)}}); }
    /// The link that somebody gets who asks for it.
    std::string link_for(std::string who)
    {
        ask(std::move(who));
        wait_a_moment();
        return link();
    }
    support::Answer choose(const std::string& link, std::string password)
    {
        return browser.post(link, {{"new_password", password}, {"new_password_again", password}});
    }
};

TEST_F(ResetPages, MeiGetsALinkAndChoosesANewPassword)
{
    Client phone(site);
    phone.sign_in_as(site.cast.mei);
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr(reset));
    const auto asked = ask("mei@example.com");
    EXPECT_EQ(asked.location(), "/accounts/login/");
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr("Look into your mail."));
    wait_a_moment();
    ASSERT_THAT(mails(), ElementsAre("password_reset mei@example.com"));
    ASSERT_THAT(link(), StartsWith(reset));
    EXPECT_EQ(phone.get("/account/").status, 200) << "nothing has changed yet";

    const auto page = browser.get(link());
    EXPECT_THAT(page.body, AllOf(HasSubstr("For the user name mei."), HasSubstr("At least 12 characters.")));
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    const std::string used = link();
    EXPECT_EQ(choose(used, wanted).location(), "/accounts/login/");

    EXPECT_THAT(mails(), ElementsAre("password_reset mei@example.com", "password_changed mei@example.com"));
    EXPECT_EQ(phone.get("/account/").status, 303) << "signed out everywhere";
    EXPECT_EQ(sign_in(phone, "mei", right).status, 422);
    EXPECT_EQ(sign_in(phone, "mei", wanted).status, 303);
    EXPECT_EQ(browser.get(used).status, 404) << "once only";
    EXPECT_EQ(choose(used, "another fine kettle").status, 404);
}

TEST_F(ResetPages, EverybodyReadsTheSameAndCostsTheSameWork)
{
    execute("UPDATE auth_user SET email = '' WHERE username = 'omar'");
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'sofia'");
    for (const char* who : {"mei", "mei@example.com", "omar", "sofia", "nobody", "nobody@example.com", "ＭＥＩ",
             "mei@example.com\r\nBcc: evil@example.com", "'; DROP TABLE auth_user; --", "🐈"}) {
        Client stranger(site);
        const auto answer = stranger.post(reset, {{"who", who}});
        EXPECT_EQ(answer.status, 303) << who;
        EXPECT_EQ(answer.location(), "/accounts/login/") << who;
        EXPECT_EQ(count("sign_in_reset_wish"), 1) << who;
        EXPECT_EQ(count("sign_in_reset_link"), 0) << who;
        EXPECT_EQ(count("service_mail"), 0) << who;
        execute("DELETE FROM sign_in_reset_wish");
        site.clock.advance(std::chrono::minutes(1));
    }
}

TEST_F(ResetPages, OnlyWhoHasAnEmailGetsAMailThere)
{
    execute("UPDATE auth_user SET email = '' WHERE username = 'omar'");
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'sofia'");
    for (const char* who :
        {"omar", "sofia", "sofia@example.com", "nobody@example.com", "mei@example.com\r\nBcc: evil@example.com"})
        ask(who);
    wait_a_moment();
    EXPECT_THAT(mails(), IsEmpty());
    EXPECT_EQ(count("sign_in_reset_wish"), 0);

    ask("MEI@EXAMPLE.COM");
    ask("ＲＡＶＩ");
    wait_a_moment();
    EXPECT_THAT(mails(), ElementsAre("password_reset mei@example.com", "password_reset ravi@example.com"));
}

TEST_F(ResetPages, AHouseholdThatSharesAnEmailGetsALinkForEachOfThem)
{
    execute("UPDATE auth_user SET email = 'Elm12@example.com' WHERE username IN ('mei', 'omar')");
    ask("elm12@example.com");
    wait_a_moment();
    EXPECT_THAT(mails(), ElementsAre("password_reset Elm12@example.com", "password_reset Elm12@example.com"));
    EXPECT_THAT(browser.get(link()).body, HasSubstr("For the user name omar."));
}

TEST_F(ResetPages, ALinkWorksForAnHour)
{
    const std::string path = link_for("mei");
    site.clock.advance(std::chrono::minutes(59));
    EXPECT_EQ(browser.get(path).status, 200);
    site.clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(browser.get(path).status, 404);
    EXPECT_THAT(choose(path, wanted).body, HasSubstr("This link no longer works"));
    EXPECT_EQ(browser.get(reset + "no-such-token/").status, 404);
}

TEST_F(ResetPages, ALinkEndsWithWhatItWasSentFor)
{
    const std::string moved = link_for("mei");
    execute("UPDATE auth_user SET email = 'other@example.com' WHERE username = 'mei'");
    EXPECT_EQ(browser.get(moved).status, 404);
    EXPECT_EQ(choose(moved, wanted).status, 404);

    const std::string inactive = link_for("omar");
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'omar'");
    EXPECT_EQ(browser.get(inactive).status, 404);

    const std::string replaced = link_for("ravi");
    site.database->write([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ada), site.cast.ravi.user_id, {.hash = "!"});
    });
    EXPECT_EQ(browser.get(replaced).status, 404) << "the staff set another password meanwhile";
}

TEST_F(ResetPages, TheSecondOfTwoAtOnceFindsTheLinkUsed)
{
    const std::string path = link_for("mei");
    const std::string token = path.substr(reset.size(), path.size() - reset.size() - 1);
    site.lossy.meanwhile([&](db::Database& database) {
        database.write([&](db::Transaction& tx) {
            EXPECT_TRUE(actions::choose_password(
                tx, {.token = token, .new_hash = support::cheap_hash("the first one")}, site.clock.now()));
        });
    });
    EXPECT_EQ(choose(path, wanted).status, 404);
    EXPECT_EQ(sign_in(browser, "mei", "the first one").status, 303);
}

TEST_F(ResetPages, APersonGetsThreeMailsAnHour)
{
    for (int i = 0; i < 6; ++i) {
        ask(i % 2 == 0 ? "mei" : "mei@example.com");
        wait_a_moment();
        site.clock.advance(std::chrono::seconds(70));
    }
    EXPECT_EQ(mails().size(), 3U);
    site.clock.advance(std::chrono::hours(1));
    ask("mei");
    wait_a_moment();
    EXPECT_EQ(mails().size(), 4U);
}

TEST_F(ResetPages, ANetworkThatAsksTooOftenWaits)
{
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(ask("mei").status, 303);
    const auto refused = ask("omar");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "60");
    EXPECT_THAT(refused.body, AllOf(HasSubstr("Wait one minute"), HasSubstr("value=\"omar\"")));
    Client elsewhere(site);
    elsewhere.set_address("203.0.113.9");
    EXPECT_EQ(elsewhere.post(reset, {{"who", "omar"}}).status, 303);
}

TEST_F(ResetPages, MistakesAreSaidAndTheLinkStays)
{
    EXPECT_THAT(ask("").body, HasSubstr("Enter your email or user name."));
    const auto long_one = ask(std::string(310, 'a') + "@example.com");
    EXPECT_EQ(long_one.status, 422);
    const std::string path = link_for("ravi");
    EXPECT_THAT(choose(path, "kettle of ravi").body, HasSubstr("Use at least 15 characters."));
    EXPECT_THAT(browser.post(path, {{"new_password", wanted}, {"new_password_again", "x"}}).body,
        AllOf(HasSubstr("don’t match"), Not(HasSubstr(wanted))));
    EXPECT_EQ(choose(path, wanted).status, 303);
}

TEST_F(ResetPages, WithoutMailThePageSaysToCall)
{
    site.services().self_service.has_mail = false;
    EXPECT_THAT(browser.get("/accounts/login/").body, Not(HasSubstr(reset)));
    EXPECT_THAT(browser.get(reset).body, AllOf(HasSubstr("Call us"), Not(HasSubstr("name=\"who\""))));
    EXPECT_EQ(ask("mei").status, 422);
    EXPECT_EQ(count("sign_in_reset_wish"), 0);
}

TEST_F(ResetPages, WhoUsedALinkSignsInByEmailAsLongAsTheEmailStays)
{
    execute("UPDATE auth_user SET email = 'mei@example.com' WHERE username = 'ravi'");
    EXPECT_EQ(sign_in(browser, "mei@example.com", right).status, 422) << "two have it and nobody has confirmed it";
    choose(link_for("mei"), wanted);
    EXPECT_EQ(sign_in(browser, "MEI@example.com", wanted).status, 303);
    Client other(site);
    execute("UPDATE auth_user SET email = 'omar@example.com' WHERE username = 'mei'");
    EXPECT_EQ(sign_in(other, "omar@example.com", wanted).status, 422);
    EXPECT_EQ(sign_in(other, "mei", wanted).status, 303);
}

TEST_F(ResetPages, AnEmailThatTheStaffTypedSignsInTheOnlyOneWhoHasIt)
{
    EXPECT_EQ(sign_in(browser, "Mei@example.com", right).status, 303);
    Client other(site);
    execute(
        "UPDATE auth_user SET email = 'mei@example.com', confirmed_email = 'mei@example.com' WHERE username = 'omar'");
    EXPECT_EQ(sign_in(other, "mei@example.com", right).status, 303);
    EXPECT_THAT(other.get("/account/").body, HasSubstr("Omar Haddad")) << "he has shown to read it";
}

TEST_F(ResetPages, TwoWhoConfirmedTheSameEmailSignInByUserNameOnly)
{
    execute("UPDATE auth_user SET email = 'elm12@example.com', confirmed_email = 'elm12@example.com'"
            " WHERE username IN ('mei', 'omar')");
    EXPECT_EQ(sign_in(browser, "elm12@example.com", right).status, 422);
    execute("UPDATE auth_user SET is_active = 0 WHERE username = 'omar'");
    EXPECT_EQ(sign_in(browser, "elm12@example.com", right).status, 303);
}

TEST_F(ResetPages, OnesOwnChangeIsToldByMail)
{
    browser.sign_in_as(site.cast.mei);
    const std::string path = link_for("mei");
    browser.post(
        "/account/password/", {{"current_password", right}, {"new_password", wanted}, {"new_password_again", wanted}});
    EXPECT_THAT(mails(), ElementsAre("password_reset mei@example.com", "password_changed mei@example.com"));
    EXPECT_EQ(Client(site).get(path).status, 404);
}

TEST_F(ResetPages, OldLinksAreRemoved)
{
    link_for("mei");
    site.clock.advance(std::chrono::hours(1));
    site.database->write(
        [&](db::Transaction& tx) { EXPECT_EQ(sign_in::remove_old_reset_links(tx, site.clock.now()), 1); });
}

} // namespace

} // namespace pages::public_
