#include "pages/public/people/mail_test_support.hpp"

#include "accounts/account.hpp"

#include <gmock/gmock.h>

#include <map>

namespace pages::public_ {

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string path = "/accounts/register/";
const std::string password = "seven lamps of winter";

class RegisterPages : public MailTest
{
  protected:
    using Fields = std::map<std::string, std::string>;

    RegisterPages()
    {
        execute("UPDATE service_account SET address = '14 Elm Street, Millbrook, NY 12545'"
                " WHERE account_number = '4410-2087-41'");
    }
    /// Lena's form with these fields instead.
    support::Answer ask(const Fields& other = {})
    {
        Fields fields = {
            {"first_name", "Lena"}, {"last_name", "Ortiz"}, {"email", "lena@example.com"}, {"password", password}};
        for (const auto& [name, value] : other)
            fields[name] = value;
        return browser.post(path, {fields.begin(), fields.end()});
    }
    support::Answer confirm(const std::string& link, std::string typed = password)
    {
        return browser.post(link, {{"password", std::move(typed)}});
    }
    /// Nobody holds Omar's account any more.
    void free_account() { execute("DELETE FROM service_account_user WHERE account_id = 2"); }
    std::string username_of(std::string_view email)
    {
        return site.database->read()
            ->query("SELECT username FROM auth_user WHERE email = $1", email)
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("nobody");
    }
};

TEST_F(RegisterPages, LenaRegistersConfirmsAndIsSignedIn)
{
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr(path));
    EXPECT_THAT(browser.get(path).body, HasSubstr("At least 12 characters."));
    EXPECT_EQ(ask().location(), "/accounts/login/");
    EXPECT_THAT(browser.get("/accounts/login/").body, HasSubstr("Look into your mail: we sent you a link to finish."));
    wait_a_moment();
    ASSERT_THAT(mails(), ElementsAre("confirm_email lena@example.com"));
    ASSERT_THAT(link(), StartsWith(path));
    EXPECT_EQ(sign_in(browser, "lena@example.com", password).status, 422) << "not yet";
    EXPECT_THAT(browser.get(link()).body, HasSubstr("lena@example.com"));
    EXPECT_EQ(username_of("lena@example.com"), "nobody") << "opening it changes nothing";

    const std::string used = link();
    EXPECT_EQ(confirm(used).location(), "/account/");

    EXPECT_THAT(browser.get("/account/").body,
        AllOf(HasSubstr("value=\"lena@example.com\""), HasSubstr("Your sign-in is ready.")));
    EXPECT_EQ(username_of("lena@example.com"), "lena@example.com");
    EXPECT_EQ(browser.get(used).status, 404);
    EXPECT_EQ(confirm(used).status, 404);
    Client phone(site);
    EXPECT_EQ(sign_in(phone, "Lena@Example.com", password).status, 303);
    EXPECT_EQ(count("auth_registration"), 0);
}

TEST_F(RegisterPages, AStrangerWhoseLinkTheOwnerOpensGetsNoSignIn)
{
    ask({{"email", "victim@example.com"}});
    wait_a_moment();
    EXPECT_EQ(confirm(link(), "the owner's own one").status, 422) << "who does not know the password can't confirm it";
    EXPECT_EQ(username_of("victim@example.com"), "nobody");
    for (int i = 0; i < 9; ++i)
        confirm(link(), "another wrong one");
    EXPECT_EQ(confirm(link()).status, 404) << "and after ten wrong ones the link is over";
}

TEST_F(RegisterPages, AKnownEmailReadsTheSameAndItsOwnerGetsAMail)
{
    const auto fresh = ask();
    EXPECT_EQ(count("auth_registration"), 1);
    const auto known = ask({{"email", "MEI@example.com"}});
    EXPECT_EQ(known.status, fresh.status);
    EXPECT_EQ(known.location(), fresh.location());
    EXPECT_EQ(count("auth_registration"), 2);
    EXPECT_EQ(count("service_mail"), 0) << "no work that depends on whom it is about";
    wait_a_moment();
    EXPECT_THAT(mails(), ElementsAre("confirm_email lena@example.com", "email_taken mei@example.com"));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM auth_registration WHERE password <> ''"), 1);
}

TEST_F(RegisterPages, AnEmailGetsThreeMailsAnHour)
{
    for (int i = 0; i < 5; ++i) {
        ask({{"email", i % 2 == 0 ? "lena@example.com" : "LENA@example.com"}});
        ask({{"email", "mei@example.com"}});
        wait_a_moment();
        site.clock.advance(std::chrono::minutes(5));
    }
    EXPECT_EQ(mails().size(), 6U);
    site.clock.advance(std::chrono::hours(1));
    ask();
    wait_a_moment();
    EXPECT_EQ(mails().size(), 7U);
}

TEST_F(RegisterPages, TypedTextSurvivesErrorsAndThePasswordDoesNot)
{
    const auto refused = ask({{"username", "lena o"}, {"password", "short"}, {"account", "4410"}, {"zip", "abc"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("value=\"Lena\""), HasSubstr("value=\"Ortiz\""),
                          HasSubstr("value=\"lena@example.com\""), HasSubstr("value=\"lena o\""),
                          HasSubstr("value=\"4410\""), HasSubstr("value=\"abc\""), Not(HasSubstr("value=\"short\""))));
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("Use 1 to 150 letters, digits and . + - _ without blanks."),
                          HasSubstr("Use at least 12 characters."), HasSubstr("Enter a ZIP code with 5 digits")));
    EXPECT_EQ(count("auth_registration"), 0);
}

TEST_F(RegisterPages, OddValuesAreTakenOrRefusedWithClearWords)
{
    const std::vector<std::tuple<std::string, std::string, std::string>> refused = {
        {"email", std::string(308, 'a') + "@example.com", "email"},
        {"email", "lena@example.com\r\nBcc: x@example.com", "Enter an email such as"},
        {"email", "lena@example.com, x@example.com", "Enter an email such as"},
        {"email", "Lena <lena@example.com>", "Enter an email such as"}, {"email", "lena", "Enter an email such as"},
        {"email", "lena@müller.example", "xn--"}, {"email", "lenа@example.com", "plain letters"},
        {"username", "lena@example.com", "without @"}, {"username", "lеna", "letters of one alphabet"},
        {"username", "lena\"x", "Use 1 to 150"}, {"first_name", " \n\t ", "Enter your first name."},
        {"last_name", std::string(151, 'x'), "150"}, {"password", "lena-ortiz-26", "without your name"},
        {"zip", "12545", "account number"}, {"account", "4410-2087-41", "Enter the ZIP code"}};
    for (const auto& [field, value, words] : refused) {
        const auto answer = ask({{field, value}});
        EXPECT_EQ(answer.status, 422) << field << '=' << value;
        EXPECT_THAT(answer.body, HasSubstr(words)) << field << '=' << value;
    }
    EXPECT_EQ(count("auth_registration"), 0);
    const std::vector<std::pair<std::string, std::string>> taken = {{"email", "lena@xn--mller-kva.example"},
        {"email", "lena+gas'o@example.com"}, {"first_name", "\"Lena\" 🐈\nBcc: x@example.com"},
        {"last_name", "<b>O'Ortiz</b>"}, {"username", "léna"}};
    for (const auto& [field, value] : taken) {
        EXPECT_EQ(ask({{field, value}}).status, 303) << field << '=' << value;
        site.clock.advance(std::chrono::minutes(2));
    }
    EXPECT_EQ(site.database.number(
                  "SELECT COUNT(*) FROM auth_registration WHERE first_name = '\"Lena\" 🐈 Bcc: x@example.com'"),
        1);
}

TEST_F(RegisterPages, AUserNameThatIsTakenIsToldOnlyBehindTheLink)
{
    EXPECT_EQ(ask({{"username", "MEI"}}).location(), "/accounts/login/");
    wait_a_moment();
    EXPECT_THAT(confirm(link(), "a wrong password").body, Not(HasSubstr("Somebody else has")));
    const auto taken = confirm(link());
    EXPECT_EQ(taken.status, 422);
    EXPECT_THAT(taken.body, AllOf(HasSubstr("Somebody else has this user name."), HasSubstr("name=\"username\"")));
    EXPECT_EQ(browser.post(link(), {{"password", password}, {"username", "mеi"}}).status, 422) << "Cyrillic";
    EXPECT_EQ(browser.post(link(), {{"password", password}, {"username", "lena"}}).location(), "/account/");
    EXPECT_EQ(username_of("lena@example.com"), "lena");
}

TEST_F(RegisterPages, ATakenUserNameMayBeLeftOut)
{
    ask({{"username", "mei"}});
    wait_a_moment();
    EXPECT_EQ(confirm(link()).status, 422);
    EXPECT_EQ(browser.post(link(), {{"password", password}, {"username", ""}}).location(), "/account/");
    EXPECT_EQ(username_of("lena@example.com"), "lena@example.com");
}

TEST_F(RegisterPages, AnEmailThatIsNoUserNameGetsAMadeUpOne)
{
    ask({{"email", "lena'o@example.com"}});
    wait_a_moment();
    EXPECT_EQ(confirm(link()).location(), "/account/");
    EXPECT_THAT(username_of("lena'o@example.com"), StartsWith("customer-"));
    Client phone(site);
    EXPECT_EQ(sign_in(phone, "lena'o@example.com", password).status, 303);
}

TEST_F(RegisterPages, WhoKnowsNumberAndZipCodeOfAnAccountThatNobodyHasGetsIt)
{
    free_account();
    ask({{"account", "4410 2087 41"}, {"zip", "12545-0417"}});
    wait_a_moment();
    confirm(link());
    EXPECT_THAT(browser.get("/account/").body,
        AllOf(HasSubstr("14 Elm Street"), HasSubstr("If your account is not listed here, call us")));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string account = "/admin/accounts/" + std::to_string(site.cast.account_of_omar.value) + "/";
    EXPECT_THAT(ravi.get(account).body, AllOf(HasSubstr("claimed"), HasSubstr("Lena Ortiz")));
    EXPECT_EQ(ravi.post(account + "unlink/",
                      {{"user", std::to_string(
                                    site.database.number("SELECT id FROM auth_user WHERE email = 'lena@example.com'"))},
                          {"version", "1"}, {"number", "4410-2087-41"},
                          {"address", "14 Elm Street, Millbrook, NY 12545"}, {"phone", "555-0143"}, {"is_active", "1"}})
                  .status,
        303);
    EXPECT_THAT(browser.get("/account/").body, Not(HasSubstr("14 Elm Street")));
}

TEST_F(RegisterPages, ClaimsThatDoNotFitReadLikeThoseThatDo)
{
    const std::vector<std::pair<std::string, std::string>> claims = {{"4410-2087-41", "12545"} /* taken */,
        {"9999-9999-99", "12545"}, {"4410-2087-33", "12545"} /* no ZIP code there */};
    int number = 0;
    for (const auto& [account, zip] : claims) {
        browser.forget_cookies();
        const std::string email = "lena" + std::to_string(++number) + "@example.com";
        EXPECT_EQ(ask({{"email", email}, {"account", account}, {"zip", zip}}).location(), "/accounts/login/");
        wait_a_moment();
        EXPECT_EQ(confirm(link()).location(), "/account/");
        EXPECT_THAT(browser.get("/account/").body,
            AllOf(HasSubstr("If your account is not listed here, call us"), Not(HasSubstr("Elm Street"))));
    }
    free_account();
    browser.forget_cookies();
    ask({{"email", "lena9@example.com"}, {"account", "4410-2087-41"}, {"zip", "12546"}});
    wait_a_moment();
    confirm(link());
    EXPECT_THAT(browser.get("/account/").body, Not(HasSubstr("Elm Street")));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_account_user WHERE claimed_at <> 0"), 0);
}

TEST_F(RegisterPages, ANetworkTriesFiveAccountNumbersAnHour)
{
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(ask({{"account", "4410-2087-4" + std::to_string(i)}, {"zip", "12545"}}).status, 303);
    const auto refused = ask({{"account", "4410-2087-49"}, {"zip", "12545"}});
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "3600");
    EXPECT_THAT(refused.body, AllOf(HasSubstr("Wait 60 minutes"), HasSubstr("value=\"4410-2087-49\"")));
    EXPECT_EQ(ask().status, 303) << "without a number";
    for (int i = 0; i < 3; ++i)
        ask();
    EXPECT_EQ(ask().status, 429) << "ten registrations at once, and one was refused for its number";
}

TEST_F(RegisterPages, WhoDoesNotConfirmWithinTwoDaysIsForgotten)
{
    for (int i = 0; i < 3; ++i)
        ask({{"email", "lena" + std::to_string(i) + "@example.com"}});
    wait_a_moment();
    site.clock.advance(std::chrono::hours(48) - std::chrono::seconds(1));
    EXPECT_EQ(browser.get(link()).status, 200);
    site.clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(browser.get(link()).status, 404);
    const auto forget = [&] {
        return site.database->write(
            [&](db::Transaction& tx) { return actions::forget_registrations(tx, site.clock.now(), 2); });
    };
    EXPECT_EQ(forget(), 2);
    EXPECT_EQ(forget(), 1);
    EXPECT_EQ(forget(), 0);
}

TEST_F(RegisterPages, AnEmailThatAUserGotMeanwhileIsNotGivenTwice)
{
    ask();
    wait_a_moment();
    execute("UPDATE auth_user SET email = 'lena@example.com' WHERE username = 'omar'");
    EXPECT_EQ(confirm(link()).status, 404);
    EXPECT_EQ(count("auth_user"), 5);
}

TEST_F(RegisterPages, WhereNobodyMayRegisterThereIsNoPage)
{
    ask();
    wait_a_moment();
    site.services().self_service.takes_registrations = false;
    EXPECT_EQ(browser.get(path).status, 404);
    EXPECT_EQ(ask().status, 404);
    EXPECT_EQ(browser.get(link()).status, 404);
    EXPECT_THAT(browser.get("/accounts/login/").body, Not(HasSubstr(path)));
}

TEST_F(RegisterPages, IsOfferedOnTheFrontPageAndWhereASignInFails)
{
    EXPECT_THAT(browser.get("/").body, HasSubstr(path));
    EXPECT_THAT(sign_in(browser, "lena@example.com", password).body, HasSubstr("Did you just register?"));
    Client mei(site);
    mei.sign_in_as(site.cast.mei).get("/service/create/");
    mei.end_session();
    EXPECT_THAT(mei.post("/service/create/", {{"request_type", "billing"}, {"description", "x"}}).body,
        AllOf(HasSubstr(path), HasSubstr("/accounts/password/reset/")));
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.get("/accounts/login/?next=/service/502/").location(), "/service/502/");
    site.services().self_service.takes_registrations = false;
    EXPECT_THAT(browser.get("/").body, Not(HasSubstr(path)));
}

TEST_F(RegisterPages, WhoIsSignedInGoesHome)
{
    browser.sign_in_as(site.cast.mei);
    EXPECT_EQ(browser.get(path).location(), "/");
    browser.sign_in_as(site.cast.ravi);
    EXPECT_EQ(browser.get(path).location(), "/admin/");
    EXPECT_EQ(browser.get("/accounts/password/reset/").location(), "/account/password/");
}

} // namespace

} // namespace pages::public_
