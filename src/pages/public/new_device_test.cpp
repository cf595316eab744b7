// A sign-in with a browser that is new for the user: the owner reads of it, and so does whoever guards the site.

#include "outbox/outbox.hpp"
#include "support/test_site.hpp"

#include <fmt/format.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";

class NewDevice : public testing::Test
{
  protected:
    static std::string log_of(const std::function<void()>& work)
    {
        testing::internal::CaptureStderr();
        work();
        return testing::internal::GetCapturedStderr();
    }

    support::TestSite site;
    Client browser{site};
    Client other{site};
};

TEST_F(NewDevice, TheFirstOneIsNone)
{
    const std::string log = log_of([&] {
        browser.sign_in_again("mei");
        browser.sign_in_again("mei");
    });
    EXPECT_THAT(site.notifications(), IsEmpty());
    EXPECT_THAT(log, Not(HasSubstr("new_device")));
}

TEST_F(NewDevice, TheOwnerReadsOfAnotherOne)
{
    browser.sign_in_again("mei");
    other.set_header("user-agent", std::string(firefox));
    const std::string log = log_of([&] { other.sign_in_again("mei"); });
    EXPECT_THAT(site.notifications(), ElementsAre("mei: Somebody signed in as you on a new device: Firefox, Windows"));
    EXPECT_THAT(log, HasSubstr("security new_device user="));
    EXPECT_THAT(browser.get("/notifications/").body, HasSubstr("If it wasn’t you, choose another password now."));

    other.sign_in_again("mei");
    EXPECT_EQ(site.notifications().size(), 1U) << "it is known now";
}

TEST_F(NewDevice, TheOwnerGetsAMail)
{
    site.database->write([](db::Transaction& tx) { outbox::set_switch(tx, true); });
    browser.sign_in_again("mei");
    other.set_header("user-agent", std::string(firefox));
    other.sign_in_again("mei");
    other.sign_in_again("mei");
    const auto mails = db::map_rows(site.database->read()->query("SELECT kind, user_id, secret FROM service_mail"),
        [](const db::Row& row) { return fmt::format("{} {} {}", row.text(0), row.integer(1), row.text(2)); });
    EXPECT_THAT(mails, ElementsAre(fmt::format("new_device {} Firefox, Windows", site.cast.mei.user_id.value)));
}

TEST_F(NewDevice, AnUnreadOneIsRenewed)
{
    browser.sign_in_again("mei");
    other.sign_in_again("mei");
    Client third(site);
    third.sign_in_again("mei");
    EXPECT_THAT(site.notifications(), ElementsAre("mei: Somebody signed in as you on a new device (2 times)"));
}

TEST_F(NewDevice, ADeviceOfSomebodyElseIsNew)
{
    browser.sign_in_again("mei");
    other.sign_in_again("omar");
    other.sign_in_again("mei");
    EXPECT_THAT(site.notifications(), Contains("mei: Somebody signed in as you on a new device"));
}

TEST_F(NewDevice, APublicComputerIsNewEachTime)
{
    browser.sign_in_again("mei");
    other.post("/accounts/login/", {{"username", "mei"}, {"password", std::string(support::cast_password)},
                                       {"public_computer", "1"}, {"next", "/"}});
    EXPECT_EQ(site.notifications().size(), 1U);
}

} // namespace
