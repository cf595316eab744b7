#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CorrectAddressPage : public testing::Test
{
  protected:
    CorrectAddressPage()
    {
        ravi.sign_in_as(site.cast.ravi);
        mei.sign_in_as(site.cast.mei);
    }
    std::string address()
    {
        return site.database->read()
            ->query("SELECT address FROM service_servicerequest WHERE id = $1", id)
            .first([](const db::Row& row) { return row.string(0); })
            .value();
    }
    support::Answer correct(const std::string& shown, const std::string& to)
    {
        return ravi.post(url + "address/", {{"shown", shown}, {"address", to}});
    }

    support::TestSite site;
    ServiceRequestId id = site.submit(site.cast.mei, "It smells", "gas-leak");
    const std::string url = "/admin/requests/" + std::to_string(id.value) + "/";
    Client ravi{site};
    Client mei{site};
};

TEST_F(CorrectAddressPage, TheStaffCorrectsItAndTheCustomerReadsIt)
{
    const std::string before = address();
    EXPECT_THAT(
        ravi.get(url).body, AllOf(HasSubstr("Correct the address"), HasSubstr("action=\"" + url + "address/\"")));
    EXPECT_EQ(correct(before, "8 Harbor View").location(), url);
    EXPECT_EQ(address(), "8 Harbor View");
    EXPECT_THAT(ravi.get(url).body, AllOf(HasSubstr("The address is corrected."),
                                        HasSubstr("corrected the address: " + before + " → 8 Harbor View")));
    EXPECT_THAT(mei.get("/service/" + std::to_string(id.value) + "/").body,
        AllOf(HasSubstr("Address corrected"), HasSubstr("8 Harbor View</span>")));
    EXPECT_EQ(correct(before, "8 Harbor View").status, 303) << "sent twice";
}

TEST_F(CorrectAddressPage, WhatIsWrongIsSaidAndStaysTyped)
{
    const std::string before = address();
    EXPECT_THAT(correct(before, " ").body, HasSubstr("Ask where it is. The street is enough."));
    EXPECT_EQ(correct(before, "9 Harbor View").status, 303);
    const auto refused = correct(before, "8 Harbor View");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("Somebody corrected it meanwhile to 9 Harbor View."),
                          HasSubstr("value=\"8 Harbor View\""), HasSubstr("name=\"shown\" value=\"9 Harbor View\"")));
    EXPECT_EQ(address(), "9 Harbor View");
}

TEST_F(CorrectAddressPage, OfAResolvedRequestItStays)
{
    ravi.post(
        url + "status/", {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("Correct the address")));
    EXPECT_THAT(correct(address(), "8 Harbor View").body, HasSubstr("This request is resolved."));
}

} // namespace
