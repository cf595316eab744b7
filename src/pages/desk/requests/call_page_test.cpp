#include "notifications/notification.hpp"
#include "service_requests/service_request.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view path = "/admin/requests/create/";

class CallPage : public testing::Test
{
  protected:
    CallPage() { ravi.sign_in_as(site.cast.ravi); }

    /// The newest one, as the database has it.
    service_requests::ServiceRequest newest()
    {
        const auto id = site.database.number("SELECT max(id) FROM service_servicerequest");
        return service_requests::get_service_request_for_staff(*site.database->read(), ServiceRequestId{id});
    }
    std::int64_t requests() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }
    std::int64_t notified(const base::Visitor& user)
    {
        return notifications::count_unread(*site.database->read(), user.user_id);
    }

    support::TestSite site;
    Client ravi{site};
};

TEST_F(CallPage, ACallOfACustomerIsTheirRequestAndSaysWhoWroteItDown)
{
    const auto saved = ravi.post(path, {{"request_type", "maintenance"}, {"customer", "4410208733"},
                                           {"description", "No hot water since noon"}, {"note", "Speaks softly"}});

    ASSERT_EQ(saved.status, 303);
    ASSERT_THAT(saved.location(), StartsWith("/admin/requests/"));
    EXPECT_THAT(ravi.get(saved.location()).body,
        AllOf(HasSubstr("Read the caller the reference"), HasSubstr("12 Elm Street"), HasSubstr("Speaks softly"),
            HasSubstr("wrote it down during a phone call"), HasSubstr("Mei Chen")));
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get("/service/").body, HasSubstr("No hot water since noon"));
    const auto id = saved.location().substr(std::string_view("/admin/requests/").size());
    EXPECT_THAT(mei.get("/service/" + id).body,
        AllOf(HasSubstr("No hot water since noon"), Not(HasSubstr("Speaks softly")), Not(HasSubstr("wrote it down"))));
}

TEST_F(CallPage, AUserNameWillDoAndNobodyWillDoToo)
{
    EXPECT_EQ(
        ravi.post(path, {{"request_type", "billing"}, {"customer", "omar"}, {"description", "Twice billed"}}).status,
        303);
    EXPECT_EQ(newest().address, "14 Elm Street");

    const auto saved = ravi.post(path, {{"request_type", "other"}, {"name", "Jo"}, {"phone", "518 555 0134"},
                                           {"address", "3 Oak Street"}, {"description", "Is the office open?"}});

    ASSERT_EQ(saved.status, 303);
    EXPECT_THAT(ravi.get(saved.location()).body, AllOf(HasSubstr("Reported by phone"), HasSubstr("Jo")));
    EXPECT_EQ(newest().channel, service_requests::Channel::Phone);
}

TEST_F(CallPage, WhoCallsForACustomerIsNamed)
{
    const auto asked = [&](const char* name) {
        const auto saved = ravi.post(path, {{"request_type", "billing"}, {"customer", "omar"}, {"name", name},
                                               {"phone", "518 555 0177"}, {"description", "Twice billed"}});
        return ravi.get(saved.location()).body;
    };
    EXPECT_THAT(asked("Sean Dowd"), AllOf(HasSubstr("<dt>Caller</dt>"), HasSubstr("Sean Dowd")));
    EXPECT_THAT(asked(""), Not(HasSubstr("<dt>Caller</dt>")));
}

TEST_F(CallPage, WhatIsMissingOrUnknownIsSaidAndEverythingStays)
{
    const auto refused = ravi.post(path, {{"customer", "nobody"}, {"name", "Jo"}, {"phone", "12"}, {"note", "Again"}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body,
        AllOf(HasSubstr("Choose what they need help with."),
            HasSubstr("No customer has this account number or user name."), HasSubstr("Write what the caller says."),
            HasSubstr("7 to 15 digits"), HasSubstr("value=\"Jo\""), HasSubstr("Again</textarea>")));
    EXPECT_EQ(ravi.post(path, {{"request_type", "other"}, {"customer", "ravi"}, {"description", "x"}}).status, 422)
        << "one of the staff is no customer";
    EXPECT_EQ(requests(), 0);
}

TEST_F(CallPage, ALeakRingsForTheOthersAndIsNotRefusedForItsCustomer)
{
    const auto before = notified(site.cast.ravi);
    EXPECT_THAT(
        ravi.post(path, {{"request_type", "gas-leak"}}).body, HasSubstr("Ask where it is. The street is enough."));

    const auto saved = ravi.post(path, {{"request_type", "gas-leak"}, {"address", "9 Oak Street"},
                                           {"customer", "the lady from number 7"}, {"unable_to_leave", "yes"}});

    ASSERT_EQ(saved.status, 303);
    EXPECT_THAT(newest().description, HasSubstr("the lady from number 7"));
    EXPECT_EQ(notified(site.cast.sofia), 1);
    EXPECT_EQ(notified(site.cast.ravi), before) << "who wrote it down knows";
    EXPECT_THAT(ravi.get("/admin/users/").body, HasSubstr("9 Oak Street")) << "the bar of every page";
}

TEST_F(CallPage, LeaksOfDifferentCallersAreNotFolded)
{
    for (const char* street : {"9 Oak Street", "77 Mill Street"})
        ravi.post(path, {{"request_type", "gas-leak"}, {"address", street}});

    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE folded_into IS NULL"), 2);
}

TEST_F(CallPage, TheSameFormTwiceIsOneRequest)
{
    const Client::Fields form = {
        {"request_type", "other"}, {"description", "Once"}, {"note", "Once"}, {"submission", "a-key-of-22-characters"}};

    EXPECT_EQ(ravi.post(path, form).location(), ravi.post(path, form).location());

    EXPECT_EQ(requests(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1);
}

} // namespace
