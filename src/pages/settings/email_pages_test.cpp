#include "actions/change_user.hpp"
#include "actions/people/change_email.hpp"
#include "actions/sign_in.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/reset_link.hpp"
#include "support/test_site.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string right{support::cast_password};

class OwnEmail : public testing::Test
{
  protected:
    OwnEmail()
    {
        execute("UPDATE service_mail_switch SET is_on = 1");
        mei.sign_in_as(site.cast.mei);
    }

    void execute(db::Sql sql)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(sql); });
    }
    support::Answer ask(Client& who, std::string email, std::string password = right)
    {
        const auto page = who.get("/account/");
        return who.post("/account/contact/",
            {{"phone", "555-0142"}, {"email", std::move(email)}, {"current_password", std::move(password)},
                {"version", page.input("version")}, {"shown", page.input("shown")}});
    }
    /// What the server does every second.
    void wait_a_moment() { actions::mail_email_links(*site.database, site.clock.now(), urls::email_link); }
    /// "confirm_email mei@example.com" for each mail so far, in order.
    std::vector<std::string> mails()
    {
        return db::map_rows(site.database->read()->query("SELECT kind, to_address FROM service_mail ORDER BY id"),
            [](const db::Row& row) { return row.string(0) + ' ' + row.string(1); });
    }
    std::string link()
    {
        return site.database->read()
            ->query("SELECT secret FROM service_mail WHERE secret <> '' ORDER BY id DESC LIMIT 1")
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("");
    }
    std::string asked_link(const std::string& email)
    {
        ask(mei, email);
        wait_a_moment();
        return link();
    }
    std::string saved_email() { return users::get_user(*site.database->read(), site.cast.mei.user_id).email; }
    support::Answer sign_in(std::string username)
    {
        Client browser(site);
        return browser.post("/accounts/login/", {{"username", std::move(username)}, {"password", right}});
    }

    support::TestSite site;
    Client mei{site};
};

TEST_F(OwnEmail, CountsOnlyWhenItsLinkWasOpenedAndTheButtonPressed)
{
    EXPECT_EQ(ask(mei, "new@example.com").location(), "/account/");
    wait_a_moment();
    EXPECT_THAT(mails(), ElementsAre("confirm_email new@example.com"));
    EXPECT_EQ(saved_email(), "mei@example.com");
    EXPECT_THAT(mei.get("/account/").body,
        AllOf(HasSubstr("We sent a link to new@example.com."), HasSubstr("we write to mei@example.com"),
            HasSubstr("value=\"mei@example.com\"")));

    const std::string confirm = link();
    EXPECT_THAT(mei.get(confirm).body, HasSubstr("From now on we write to new@example.com"));
    EXPECT_EQ(saved_email(), "mei@example.com") << "a program that scans mail opens links";
    EXPECT_EQ(sign_in("new@example.com").status, 422);

    EXPECT_EQ(mei.post(confirm, {}).location(), "/account/");
    EXPECT_EQ(saved_email(), "new@example.com");
    EXPECT_THAT(mei.get("/account/").body,
        AllOf(HasSubstr("Your new email is confirmed."), Not(HasSubstr("We sent a link to"))));
    EXPECT_THAT(mails(), ElementsAre("confirm_email new@example.com", "email_changed mei@example.com"));
    EXPECT_EQ(sign_in("new@example.com").status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'changed'"), 1);
    EXPECT_THAT(mei.get("/account/sessions/").body, HasSubstr("Email changed"));

    EXPECT_EQ(mei.get(confirm).status, 404) << "once";
    EXPECT_EQ(mei.post(confirm, {}).status, 404);
}

TEST_F(OwnEmail, OfAMistypedAddressGivesItsOwnerNothing)
{
    const std::string confirm = asked_link("rosa@example.com");
    Client omar = Client(site).sign_in_as(site.cast.omar);
    EXPECT_EQ(omar.get(confirm).status, 404);
    EXPECT_EQ(omar.post(confirm, {}).status, 404);
    EXPECT_THAT(Client(site).get(confirm).location(), HasSubstr("/accounts/login/?next="));
    EXPECT_EQ(Client(site).post(confirm, {}).status, 403);
    EXPECT_EQ(saved_email(), "mei@example.com");
    EXPECT_THAT(site.database->read()
                    ->query("SELECT user_id FROM service_mail WHERE kind = 'confirm_email'")
                    .first([](const db::Row& row) { return row.id<UserId>(0).value; })
                    .value_or(0),
        0)
        << "the mail does not even know her name";
}

TEST_F(OwnEmail, ThatSomebodyHasReadsTheSameAndMailsTheOwner)
{
    const auto page_after = [&](const std::string& email) {
        ask(mei, email);
        wait_a_moment();
        std::string body = mei.get("/account/").body;
        body.erase(0, body.find("<main"));
        for (auto at = body.find(email); at != std::string::npos; at = body.find(email))
            body.erase(at, email.size());
        for (auto at = body.find("name=\"csrf\""); at != std::string::npos; at = body.find("name=\"csrf\""))
            body.erase(at, body.find('>', at) - at);
        return body;
    };
    const std::string unknown = page_after("nobody@example.com");
    EXPECT_EQ(unknown, page_after("OMAR@example.com"));
    EXPECT_THAT(mails(), ElementsAre("confirm_email nobody@example.com", "email_taken omar@example.com"));
}

TEST_F(OwnEmail, ThatSomebodyTookMeanwhileIsNotTakenOver)
{
    const std::string confirm = asked_link("new@example.com");
    execute("UPDATE auth_user SET email = 'new@example.com' WHERE username = 'omar'");
    EXPECT_EQ(mei.post(confirm, {}).status, 404);
    EXPECT_EQ(saved_email(), "mei@example.com");
}

TEST_F(OwnEmail, NeedsThePasswordAndAnAddress)
{
    EXPECT_EQ(ask(mei, "new@example.com", "").status, 422);
    EXPECT_EQ(ask(mei, "new@example.com", "wrong guess").status, 422);
    EXPECT_EQ(ask(mei, "new@example").status, 422);
    wait_a_moment();
    EXPECT_THAT(mails(), IsEmpty());
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_email_change"), 0);
}

TEST_F(OwnEmail, SavesThePhoneOfTheSameFormAtOnce)
{
    const auto page = mei.get("/account/");
    mei.post("/account/contact/", {{"phone", "518 555 0199"}, {"email", "new@example.com"}, {"current_password", right},
                                      {"version", page.input("version")}, {"shown", page.input("shown")}});
    const auto saved = users::get_user(*site.database->read(), site.cast.mei.user_id);
    EXPECT_EQ(saved.phone, "(518) 555-0199");
    EXPECT_EQ(saved.email, "mei@example.com");
}

TEST_F(OwnEmail, IsConfirmedWithin48HoursByTheNewestLink)
{
    const std::string first = asked_link("new@example.com");
    EXPECT_EQ(mei.post("/account/email/again/", {}).location(), "/account/");
    wait_a_moment();
    const std::string second = link();
    EXPECT_NE(first, second);
    EXPECT_EQ(mei.post(first, {}).status, 404);
    site.clock.advance(std::chrono::hours(48));
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.post(second, {}).status, 404);
    EXPECT_THAT(mei.get("/account/").body, Not(HasSubstr("We sent a link to")));
    site.database->write([&](db::Transaction& tx) { actions::forget_expired(tx, site.clock.now(), {}); });
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_email_change"), 0);
}

TEST_F(OwnEmail, CanBeTakenBack)
{
    const std::string confirm = asked_link("new@example.com");
    EXPECT_EQ(mei.post("/account/email/cancel/", {}).location(), "/account/");
    EXPECT_THAT(
        mei.get("/account/").body, AllOf(HasSubstr("Your email stays as it is."), Not(HasSubstr("We sent a link to"))));
    EXPECT_EQ(mei.post(confirm, {}).status, 404);
    EXPECT_EQ(mei.post("/account/email/again/", {}).status, 303);
    wait_a_moment();
    EXPECT_THAT(mails(), ElementsAre("confirm_email new@example.com"));
}

TEST_F(OwnEmail, SendsNobodyManyMails)
{
    for (int i = 0; i < 5; ++i) {
        ask(mei, "new@example.com");
        wait_a_moment();
    }
    EXPECT_EQ(mails().size(), 3U) << "to one address";
    const auto refused = ask(mei, "other@example.com");
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, HasSubstr("You asked for many links within an hour."));
    mei.post("/account/email/again/", {});
    wait_a_moment();
    EXPECT_EQ(mails().size(), 3U);
    site.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(ask(mei, "other@example.com").status, 303);
}

TEST_F(OwnEmail, IsRemovedAtOnceAndTheOldAddressIsTold)
{
    EXPECT_EQ(ask(mei, "").status, 303);
    EXPECT_EQ(saved_email(), "");
    EXPECT_THAT(mails(), ElementsAre("email_changed mei@example.com"));
    const std::string confirm = asked_link("new@example.com");
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("Until you open it, we send you no mail."));
    EXPECT_EQ(mei.post(confirm, {}).status, 303);
    EXPECT_EQ(saved_email(), "new@example.com");
}

TEST_F(OwnEmail, CountsAtOnceWhereTheSiteSendsNoMail)
{
    execute("UPDATE service_mail_switch SET is_on = 0");
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("This site sends no mail, so a new email counts at once."));
    EXPECT_EQ(ask(mei, "new@example.com").status, 303);
    EXPECT_EQ(saved_email(), "new@example.com");
}

TEST_F(OwnEmail, ThatTheStaffChangeCountsAtOnceAndTheOldAddressIsTold)
{
    const std::string confirm = asked_link("new@example.com");
    site.database->write([&](db::Transaction& tx) {
        actions::change_user(tx, site.act(site.cast.ravi), site.cast.mei.user_id,
            {.first_name = "Mei", .last_name = "Chen", .email = "desk@example.com", .phone = "555-0142"});
    });
    EXPECT_EQ(saved_email(), "desk@example.com");
    EXPECT_THAT(mails(), ElementsAre("confirm_email new@example.com", "email_changed mei@example.com"));
    EXPECT_EQ(mei.post(confirm, {}).status, 404) << "what she asked for before is over";
    EXPECT_THAT(mei.get("/account/sessions/").body, HasSubstr("Email changed by our staff"));
}

TEST_F(OwnEmail, EndsLinksForANewPasswordThatTheOldAddressGot)
{
    site.services().self_service.has_mail = true;
    const std::string token = site.database->write([&](db::Transaction& tx) {
        return sign_in::add_reset_link(tx, site.cast.mei.user_id, "mei@example.com", site.clock.now());
    });
    Client reader(site);
    EXPECT_EQ(reader.get(urls::reset_link(token)).status, 200);
    EXPECT_EQ(mei.post(asked_link("new@example.com"), {}).status, 303);
    EXPECT_EQ(reader.get(urls::reset_link(token)).status, 404);
}

TEST_F(OwnEmail, OfStaffIsConfirmedTheSameWay)
{
    Client ravi = Client(site).sign_in_as(site.cast.ravi);
    EXPECT_EQ(ask(ravi, "ravi.new@example.com").status, 303);
    wait_a_moment();
    EXPECT_EQ(ravi.get(link()).status, 200);
    EXPECT_EQ(ravi.post(link(), {}).location(), "/account/");
    EXPECT_EQ(users::get_user(*site.database->read(), site.cast.ravi.user_id).email, "ravi.new@example.com");
}

TEST_F(OwnEmail, TheLinkSaysToWhomIsNotSignedInWhatTheSignInIsForAndComesBack)
{
    const std::string path = asked_link("mei@new.example");
    Client browser(site);
    const std::string to_sign_in = browser.get(path).location();
    const auto says_why = AllOf(HasSubstr("<h1>Sign in to confirm your new email</h1>"),
        HasSubstr("<title>Sign in to confirm your new email"),
        HasSubstr("The new email works once you have confirmed it."), Not(HasSubstr("Follow your requests")));
    const auto page = browser.get(to_sign_in);
    EXPECT_THAT(page.body, says_why);
    EXPECT_EQ(page.input("next"), path);
    EXPECT_THAT(page.body, Not(HasSubstr("mei@new.example"))) << "whoever has the link";
    const auto wrong = browser.post("/accounts/login/", {{"username", "mei"}, {"password", "wrong"}, {"next", path}});
    EXPECT_THAT(wrong.body, HasSubstr("<h1>Sign in to confirm your new email</h1>"));
    EXPECT_THAT(browser.get("/accounts/login/?next=%2Faccount%2F").body, HasSubstr("Follow your requests"));

    EXPECT_EQ(
        browser.post("/accounts/login/", {{"username", "mei"}, {"password", right}, {"next", path}}).location(), path);
    EXPECT_THAT(browser.get(path).body, HasSubstr("Yes, this is my email"));
}

} // namespace
