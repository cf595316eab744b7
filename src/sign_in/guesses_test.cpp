#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view login = "/accounts/login/";

/// What strangers can do with a user name, and what its owner and the staff find afterwards.
class Guesses : public testing::Test
{
  protected:
    support::Answer sign_in(Client& from, std::string username, std::string password)
    {
        from.set_address(address);
        return from.post(login, {{"username", std::move(username)}, {"password", std::move(password)}});
    }
    /// With a browser that has never been here.
    support::Answer sign_in(std::string username, std::string password)
    {
        Client stranger(site);
        return sign_in(stranger, std::move(username), std::move(password));
    }
    /// As many wrong passwords, each from another address; returns the last answer's status.
    int guess(const std::string& username, int times)
    {
        int status = 0;
        for (int i = 0; i < times; ++i) {
            ++guesses_;
            address = "10.0." + std::to_string(guesses_ / 200) + "." + std::to_string(guesses_ % 200);
            status = sign_in(username, "wrong guess").status;
        }
        return status;
    }
    std::string page_of(const base::Visitor& user)
    {
        Client ada(site);
        return ada.sign_in_as(site.cast.ada).get("/admin/users/" + std::to_string(user.user_id.value) + "/").body;
    }

    support::TestSite site;
    const std::string right{support::cast_password};
    std::string address = "10.9.9.9";

  private:
    int guesses_ = 0;
};

TEST_F(Guesses, NeverMakeAKnownDeviceWait)
{
    for (const std::string user : {"ada", "mei"}) {
        Client at_home(site);
        ASSERT_EQ(sign_in(at_home, user, right).status, 303);
        ASSERT_THAT(at_home.cookie("gu_device"), HasSubstr("."));

        EXPECT_EQ(guess(user, 120), 429);

        EXPECT_EQ(sign_in(at_home, user, right).status, 303) << "from an address of the guesses";
        address = "10.9.9.9";
        EXPECT_EQ(sign_in(at_home, user, right).status, 303);
        EXPECT_EQ(sign_in(user, right).status, 429) << "a new device of the owner waits";
    }
}

TEST_F(Guesses, MakeStrangersWaitLongerEachTimeAndEndByThemselves)
{
    EXPECT_EQ(guess("mei", 20), 422);
    for (const int wait : {1, 2, 4, 8, 15, 15}) {
        EXPECT_EQ(guess("mei", 5), 429) << "not prolonged by attempts meanwhile";
        site.clock.advance(minutes(wait) - seconds(1));
        EXPECT_EQ(guess("mei", 1), 429) << wait;
        site.clock.advance(seconds(1));
        EXPECT_EQ(guess("mei", 1), 422) << wait;
    }
    EXPECT_EQ(sign_in("mei", right).status, 429);
    site.clock.advance(minutes(15));
    EXPECT_EQ(sign_in("mei", right).status, 303);
}

TEST_F(Guesses, OfAnUnknownNameReadTheSame)
{
    const auto after = [&](const std::string& username, int times) {
        guess(username, times);
        const auto answer = sign_in(username, "wrong guess");
        return std::to_string(answer.status) + answer.body.substr(0, answer.body.find("name=\"csrf\"")) +
               answer.header("Retry-After");
    };
    const auto without_name = [](std::string text, const std::string& name) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.erase(at, name.size());
        return text;
    };
    EXPECT_EQ(without_name(after("nobody", 3), "nobody"), without_name(after("omar", 3), "omar"));
    EXPECT_EQ(without_name(after("nobody", 20), "nobody"), without_name(after("omar", 20), "omar"));
}

TEST_F(Guesses, OfTheUserNameAndTheEmailOfOnePersonAreCountedTogether)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET confirmed_email = email WHERE username = 'mei'"); });
    EXPECT_EQ(guess("mei", 10), 422);
    EXPECT_EQ(guess("mei@example.com", 5), 422);
    EXPECT_EQ(guess("MEI@example.com", 5), 422);
    EXPECT_EQ(guess("mei", 1), 429) << "twenty for one person";
    EXPECT_EQ(guess("Mei@Example.com", 1), 429);
    EXPECT_EQ(guess("omar", 1), 422);
    EXPECT_THAT(page_of(site.cast.mei), HasSubstr("Let new devices sign in"));

    Client(site)
        .sign_in_as(site.cast.ada)
        .post("/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/unlock/", {});
    EXPECT_EQ(sign_in("mei@example.com", right).status, 303);
}

TEST_F(Guesses, WithTheEmailAreForgottenAfterTheRightPassword)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET confirmed_email = email WHERE username = 'mei'"); });
    for (int i = 0; i < 9; ++i)
        EXPECT_EQ(sign_in("mei", "wrong guess").status, 422);
    EXPECT_EQ(sign_in("mei@example.com", right).status, 303);
    EXPECT_EQ(sign_in("mei", "wrong guess").status, 422);
    EXPECT_EQ(sign_in("mei", right).status, 303) << "ten from one address would have to wait";
}

TEST_F(Guesses, OfManyNamesFromOneNetworkMeetAPageThatSaysHowLongToWait)
{
    address = "2001:db8:1:2::7";
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(sign_in("name" + std::to_string(i), "wrong guess").status, 422);
        site.clock.advance(seconds(1));
    }
    address = "2001:db8:1:2:aaaa::1";
    const auto refused = sign_in("name31", "wrong guess");

    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "59");
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("Too many wrong passwords came from your internet connection. Wait one minute"),
                          HasSubstr("value=\"name31\"")));
    address = "2001:db8:1:3::1";
    EXPECT_EQ(sign_in("omar", right).status, 303) << "another network";
    site.clock.advance(minutes(1));
    address = "2001:db8:1:2::7";
    EXPECT_EQ(sign_in("mei", right).status, 303);
}

TEST_F(Guesses, FromTheNetworkOfAnOfficeLeaveItsKnownDevicesAlone)
{
    Client desk(site);
    ASSERT_EQ(sign_in(desk, "ravi", right).status, 303);
    for (int i = 0; i < 31; ++i)
        sign_in("name" + std::to_string(i), "wrong guess");
    EXPECT_EQ(sign_in("sofia", right).status, 429);

    EXPECT_EQ(sign_in(desk, "ravi", right).status, 303);
}

TEST_F(Guesses, OnAKnownDeviceHaveABudgetOfTheirOwn)
{
    Client at_home(site);
    ASSERT_EQ(sign_in(at_home, "mei", right).status, 303);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(sign_in(at_home, "mei", "wrong guess").status, 422) << i;

    EXPECT_EQ(sign_in(at_home, "mei", right).status, 429);
    EXPECT_EQ(sign_in("mei", right).status, 303) << "they count for no other device";
    site.clock.advance(minutes(1));
    EXPECT_EQ(sign_in(at_home, "mei", right).status, 303) << "never longer than a minute";
}

TEST_F(Guesses, OnADeviceThatAnotherUserKnowsAreAStrangers)
{
    Client at_home(site);
    ASSERT_EQ(sign_in(at_home, "mei", right).status, 303);
    guess("omar", 20);

    EXPECT_EQ(sign_in(at_home, "omar", right).status, 429);
    site.clock.advance(minutes(1));
    EXPECT_EQ(sign_in(at_home, "omar", right).status, 303);
    guess("omar", 20);
    guess("mei", 20);
    EXPECT_EQ(sign_in(at_home, "omar", right).status, 303) << "now both know it";
    EXPECT_EQ(sign_in(at_home, "mei", right).status, 303);
}

TEST_F(Guesses, WithAForgedDeviceCookieAreAStrangers)
{
    guess("mei", 20);
    Client forger(site);
    for (const std::string cookie : {"x", "x.y", ".", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAA"}) {
        forger.set_cookie("gu_device", cookie);
        EXPECT_EQ(sign_in(forger, "mei", right).status, 429) << cookie;
    }
}

TEST_F(Guesses, APublicComputerBecomesNoKnownDevice)
{
    Client library(site);
    const auto answer = library.post(login, {{"username", "mei"}, {"password", right}, {"public_computer", "1"}});
    ASSERT_EQ(answer.status, 303);

    EXPECT_EQ(library.cookie("gu_device"), "");
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM sign_in_device"), 0);
}

TEST_F(Guesses, ATemporaryPasswordLetsANewDeviceInWhateverStrangersDo)
{
    guess("mei", 20);
    Client ravi(site);
    const std::string page = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/";
    ASSERT_EQ(ravi.sign_in_as(site.cast.ravi).post(page + "password/", {}).status, 303);
    const std::string body = ravi.get(page).body;
    const auto begin = body.find("id=\"temporary-password\">") + 24;
    const std::string temporary = body.substr(begin, body.find('<', begin) - begin);
    guess("mei", 25);

    EXPECT_EQ(sign_in("mei", temporary).status, 303);
}

TEST_F(Guesses, StaffSeeThemAndLetNewDevicesIn)
{
    EXPECT_THAT(page_of(site.cast.mei), Not(HasSubstr("Wrong passwords")));
    guess("mei", 3);
    EXPECT_THAT(page_of(site.cast.mei),
        AllOf(HasSubstr("3 wrong passwords since today, 4:31 PM"), Not(HasSubstr("Let new devices sign in"))));
    guess("mei", 17);
    Client ada(site);
    ada.sign_in_as(site.cast.ada);
    const std::string page = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/";
    EXPECT_THAT(ada.get("/admin/users/?q=mei").body, HasSubstr("20 wrong passwords"));
    EXPECT_THAT(ada.get(page).body,
        AllOf(HasSubstr("20 wrong passwords since"), HasSubstr("new devices have to wait: today, 4:32 PM"),
            HasSubstr("Let new devices sign in")));

    EXPECT_EQ(ada.post(page + "unlock/", {}).status, 303);

    EXPECT_THAT(
        ada.get(page).body, AllOf(HasSubstr("New devices can sign in again."),
                                HasSubstr("let new devices sign in again"), Not(HasSubstr("Let new devices sign in"))));
    EXPECT_EQ(sign_in("mei", right).status, 303);
}

TEST_F(Guesses, TheOwnerIsNotifiedOfThemAtTheNextSignIn)
{
    guess("mei", 12);
    Client mei(site);
    ASSERT_EQ(sign_in(mei, "mei", right).status, 303);

    const std::string list = mei.get("/notifications/").body;
    EXPECT_THAT(list, AllOf(HasSubstr("Somebody tried 12 wrong passwords for your user name"),
                          HasSubstr("href=\"/account/password/\""), HasSubstr("Your password was not found out."),
                          Not(HasSubstr("SR-0"))));
    EXPECT_THAT(mei.get("/").body, HasSubstr("1 unread"));
    EXPECT_THAT(page_of(site.cast.mei),
        AllOf(HasSubstr("signed in after 12 wrong passwords"), Not(HasSubstr("12 wrong passwords since"))));
    Client again(site);
    ASSERT_EQ(sign_in(again, "mei", right).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_notification WHERE kind = 'wrong_passwords'"), 1)
        << "once";
}

TEST_F(Guesses, AFewSlipsNotifyNobody)
{
    guess("ravi", 4);
    Client ravi(site);
    ASSERT_EQ(sign_in(ravi, "ravi", right).status, 303);

    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_notification"), 0);
}

TEST_F(Guesses, AreLoggedWithWhomAndFromWhereAndNoPassword)
{
    testing::internal::CaptureStderr();
    guess("mei", 20);
    guess("a password in the wrong field", 25);
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_THAT(log,
        AllOf(HasSubstr("warning"), HasSubstr("too many wrong passwords for user 1 (mei), the last from 10.0.0.20"),
            Not(HasSubstr("wrong guess")), Not(HasSubstr("wrong field"))));
    EXPECT_EQ(log.find(" warning "), log.rfind(" warning "));
}

TEST_F(Guesses, ManyAtOnceFromOneNetworkAreRefusedBeforeAnyIsChecked)
{
    for (int i = 0; i < 60; ++i)
        EXPECT_EQ(sign_in("mei", right).status, 303) << i;

    const auto answer = sign_in("mei", right);

    EXPECT_EQ(answer.status, 429);
    EXPECT_THAT(answer.body, HasSubstr("Too many sign-ins at once. Wait one second, then try again."));
    site.clock.advance(seconds(1));
    EXPECT_EQ(sign_in("mei", right).status, 303);
}

TEST_F(Guesses, AClockPutBackMakesNobodyWaitLonger)
{
    guess("mei", 20);
    site.clock.advance(-hours(24));

    EXPECT_EQ(sign_in("mei", right).status, 303);
}

TEST_F(Guesses, SomebodySignedInGoesOn)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    guess("mei", 120);

    EXPECT_EQ(mei.get("/service/").status, 200);
}

/// Forms that ask somebody signed in for the password once more.
class PasswordInAForm : public Guesses
{
  protected:
    PasswordInAForm() { sign_in(mei, "mei", right); }
    support::Answer change_password(const std::string& current)
    {
        return mei.post("/account/password/", {{"current_password", current}, {"new_password", "seven lamps of winter"},
                                                  {"new_password_again", "seven lamps of winter"}});
    }
    support::Answer change_email(const std::string& current)
    {
        return mei.post("/account/contact/",
            {{"phone", ""}, {"email", "new@example.com"}, {"current_password", current}, {"version", "1"}});
    }

    Client mei{site};
};

TEST_F(PasswordInAForm, CountsWrongOnesLikeTheSignIn)
{
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(change_password("wrong guess").status, 422);
        EXPECT_EQ(change_email("wrong guess").status, 422);
    }
    for (const auto& answer : {change_password(right), change_email(right), sign_in(mei, "mei", right)}) {
        EXPECT_EQ(answer.status, 429) << "ten within a minute";
        EXPECT_EQ(answer.header("Retry-After"), "60");
        EXPECT_THAT(answer.body, AllOf(HasSubstr("Wait one minute, then try again."), Not(HasSubstr(right))));
    }
    EXPECT_THAT(page_of(site.cast.mei), HasSubstr("10 wrong passwords since"));

    site.clock.advance(minutes(1));
    EXPECT_EQ(change_email(right).status, 303);
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("Somebody tried 10 wrong passwords"));
}

TEST_F(PasswordInAForm, IsNotHeldUpByStrangers)
{
    guess("mei", 120);

    EXPECT_EQ(change_email(right).status, 303);
    EXPECT_EQ(change_password(right).status, 303);
}

TEST_F(PasswordInAForm, InAStolenSessionIsAStrangers)
{
    Client thief(site);
    thief.set_cookie("gu_session", mei.cookie("gu_session"));
    guess("mei", 20);

    EXPECT_EQ(thief
                  .post("/account/contact/",
                      {{"phone", ""}, {"email", "new@example.com"}, {"current_password", right}, {"version", "1"}})
                  .status,
        429);
}

TEST_F(PasswordInAForm, AnEmptyOneIsNoGuess)
{
    EXPECT_EQ(change_email("").status, 422);
    EXPECT_EQ(change_password("").status, 422);

    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM auth_wrong_password"), 0);
}

} // namespace
