// A second leak of the same person at another address: mostly somebody who went back and corrected it.

#include "live/staff_pieces.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class SecondLeak : public testing::Test
{
  protected:
    SecondLeak()
    {
        ravi.sign_in_as(site.cast.ravi);
        mei.sign_in_as(site.cast.mei);
        site.database->write([&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET phone = ''"); });
    }

    /// Where the report's receipt is.
    std::string report(Client& by, std::string address, std::string phone = "")
    {
        const auto sent =
            by.post("/emergency/", {{"address", std::move(address)}, {"phone", std::move(phone)},
                                       {"submission", "key-number-" + std::to_string(++sent_ones) + "-aaaaaaaaaa"}});
        EXPECT_EQ(sent.status, 303);
        return sent.location();
    }
    static std::string words(int id, const std::string& address, const std::string& when)
    {
        return "Also reported by the same person: SR-0000" + std::to_string(id) + " at " + address + ", " + when;
    }
    std::string desk(int id) { return ravi.get("/admin/requests/" + std::to_string(id) + "/").body; }
    /// The same as a link.
    static std::string link(int id, const std::string& address, const std::string& when)
    {
        const std::string number = std::to_string(id);
        return "<a href=\"/admin/requests/" + number +
               "/\">Also reported by the same person: <span class=\"ref\">SR-0000" + number + "</span> at " + address +
               ", " + when + "</a>";
    }

    support::TestSite site;
    Client ravi{site};
    Client mei{site};
    Client guest{site};
    int sent_ones = 0;
};

TEST_F(SecondLeak, ACorrectedAddressIsASecondEmergencyAndBothNameEachOther)
{
    const std::string first = report(guest, "21 Elm Street");
    site.clock.advance(std::chrono::minutes(3));
    const std::string second = report(guest, "12 Elm Street");

    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE folded_into IS NULL"), 2);
    EXPECT_THAT(site.notifications(),
        testing::IsSupersetOf({"ravi: A gas leak was reported: SR-00001", "ravi: A gas leak was reported: SR-00002"}));
    EXPECT_THAT(desk(1), HasSubstr(link(2, "12 Elm Street", "just now")));
    EXPECT_THAT(desk(2), HasSubstr(link(1, "21 Elm Street", "3 min ago")));
    for (const std::string page : {"/admin/", "/admin/requests/?status=Pending&type=gas-leak"})
        EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("</span> at 12 Elm Street, just now</span></a>"),
                                             HasSubstr("</span> at 21 Elm Street, 3 min ago</span></a>")))
            << page;
    EXPECT_THAT(ravi.get("/admin/users/").body, HasSubstr(words(1, "21 Elm Street", "3 min ago"))) << "the bar";

    EXPECT_THAT(guest.get(second).body,
        AllOf(HasSubstr("We also have the report that you sent for another address: SR-00001 (today, "),
            HasSubstr("Was one of the addresses wrong? Say so when you call."), Not(HasSubstr("21 Elm"))));
    EXPECT_THAT(guest.get(first).body, Not(HasSubstr("for another address")));
}

TEST_F(SecondLeak, EachOfSeveralNamesAllOthers)
{
    report(guest, "1 Elm Street");
    report(guest, "2 Elm Street");
    report(guest, "3 Elm Street");
    for (int id = 1; id <= 3; ++id) {
        for (int other = 1; other <= 3; ++other)
            EXPECT_EQ(
                testing::Matches(HasSubstr(link(other, std::to_string(other) + " Elm Street", "just now")))(desk(id)),
                id != other)
                << id << other;
    }
}

TEST_F(SecondLeak, TheSamePhoneFromTheSameNetworkIsTheSamePersonForTheDeskOnly)
{
    guest.set_address("2001:db8:1:2::7");
    report(guest, "21 Elm Street", "518 555 0123");
    Client other(site);
    other.set_address("2001:db8:1:2::9");
    const std::string second = report(other, "12 Elm Street", "(518) 555-0123");
    EXPECT_THAT(desk(1), HasSubstr(words(2, "12 Elm Street", "just now")));
    EXPECT_THAT(desk(2), HasSubstr(words(1, "21 Elm Street", "just now")));
    EXPECT_THAT(other.get(second).body, Not(HasSubstr("for another address")));
}

TEST_F(SecondLeak, OtherPeopleAnotherTimeAndTheSameAddressAreNotNamed)
{
    guest.set_address("198.51.100.1");
    report(guest, "21 Elm Street", "518 555 0123");
    const auto says_nothing = [&](const std::string& address, const std::string& phone, const std::string& from) {
        Client other(site);
        other.set_address(from);
        report(other, address, phone);
        return testing::Value(desk(sent_ones), Not(HasSubstr("by the same person")));
    };
    EXPECT_TRUE(says_nothing("12 Elm Street", "518 555 0199", "198.51.100.1")) << "another phone";
    EXPECT_TRUE(says_nothing("13 Elm Street", "518 555 0123", "198.51.100.2")) << "another network";
    EXPECT_TRUE(says_nothing("14 Elm Street", "", "198.51.100.1")) << "no phone";
    EXPECT_TRUE(says_nothing("21 Elm St.", "518 555 0123", "198.51.100.1")) << "the same address";
    site.clock.advance(std::chrono::minutes(31));
    EXPECT_TRUE(says_nothing("15 Elm Street", "518 555 0123", "198.51.100.1")) << "half an hour later";
    report(guest, "16 Elm Street");
    EXPECT_THAT(desk(sent_ones), Not(HasSubstr("SR-00001 at")));
}

TEST_F(SecondLeak, ASignedInCustomerIsTheSamePersonInEachForm)
{
    report(mei, "21 Elm Street");
    const auto second = Client(site)
                            .sign_in_as(site.cast.mei)
                            .post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"},
                                                          {"address", "9 Mill Lane"}, {"description", "It smells"}});
    EXPECT_THAT(desk(1), HasSubstr(words(2, "9 Mill Lane", "just now")));
    EXPECT_THAT(desk(2), HasSubstr(words(1, "21 Elm Street", "just now")));
    EXPECT_THAT(mei.get(second.location()).body, HasSubstr("for another address: SR-00001"));
}

TEST_F(SecondLeak, TheOpenPageOfTheFirstHearsOfTheSecond)
{
    report(guest, "21 Elm Street");
    report(guest, "12 Elm Street");
    Client other(site);
    other.set_address("198.51.100.9");
    report(other, "5 Oak Lane");
    const auto lease = site.database->read();
    const auto request = [&](int id) {
        return service_requests::get_service_request_for_staff(*lease, ServiceRequestId{id});
    };
    const auto said = [&](int page, int emergency) {
        const auto message = live::also_message({site.site(), *lease, site.english()}, request(page),
            request(emergency), {.kind = events::Kind::Submitted});
        return message ? message->data : std::string();
    };
    EXPECT_THAT(said(1, 2), AllOf(HasSubstr("\"slot\":\"emergency\""), HasSubstr("at 12 Elm Street, just now")));
    EXPECT_EQ(said(1, 3), "");
}

} // namespace
