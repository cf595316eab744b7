// Open emergencies on the pages of the queue.

#include "pages/desk/queue_test_support.hpp"

#include <gmock/gmock.h>

#include <set>

namespace pages::desk {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class QueueEmergencies : public QueueTest
{
  protected:
    void submit_leaks(int count)
    {
        for (int i = 0; i < count; ++i)
            submit(site.cast.mei, "Smell of gas", "gas-leak");
    }
    static std::vector<std::int64_t> counting_down(std::int64_t from, std::int64_t to)
    {
        std::vector<std::int64_t> ids;
        for (auto id = from; id >= to; --id)
            ids.push_back(id);
        return ids;
    }
};

TEST_F(QueueEmergencies, TheListOfEmergenciesSaysTheNumberOfTheSideBarAndThatOfItsRows)
{
    const auto taken = submit(site.cast.mei, "Smell of gas", "gas-leak");
    submit(site.cast.omar, "Smell of gas", "gas-leak");
    ravi.post("/admin/requests/" + std::to_string(taken.value) + "/take/", {});
    const std::string body = ravi.get("/admin/requests/?status=Pending&type=gas-leak").body;
    EXPECT_THAT(body, AllOf(HasSubstr("data-emergency-words>1 that nobody has, 2 open</span>"),
                          HasSubstr("<span data-emergency-count>1</span>")));
    EXPECT_THAT(rows_of(body), ElementsAre(2, 1));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending").body, Not(HasSubstr("data-emergency-words")));
}

TEST_F(QueueEmergencies, APageThatOnlyFindsAPinnedOneIsNotCalledEmpty)
{
    submit(site.cast.mei, "Smell of gas", "gas-leak");
    const auto found = ravi.get("/admin/requests/?q=smell");
    EXPECT_THAT(found.body, AllOf(HasSubstr("1 request on this page"), Not(HasSubstr("Nothing matches this filter"))));
    EXPECT_THAT(ravi.get("/admin/requests/?q=bill").body,
        AllOf(HasSubstr("No requests found"), HasSubstr("Nothing matches this filter")));
}

TEST_F(QueueEmergencies, ARealLeakAfterAHundredFalseOnesIsOnTopOfEveryFirstScreen)
{
    submit_leaks(106);
    for (const std::string page : {"/admin/requests/", "/admin/requests/?status=Resolved", "/admin/"}) {
        const std::string body = ravi.get(page).body;
        auto seen = rows_of(body);
        EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), seen.size()) << "no row twice";
        seen.resize(3);
        EXPECT_THAT(seen, ElementsAre(106, 105, 1)) << "the newest and the one that has waited longest, on " << page;
        EXPECT_THAT(body,
            AllOf(HasSubstr(
                      "3 of 106 open emergencies that nobody has: the most urgent, the newest and the longest waiting"),
                HasSubstr(
                    "<a href=\"/admin/requests/?status=Pending&amp;type=gas-leak&amp;alarm=ringing\">See all</a>")))
            << page;
    }
}

TEST_F(QueueEmergencies, SeeAllListsEveryOpenLeakOnceNewestFirst)
{
    submit_leaks(106);
    std::vector<std::int64_t> seen;
    std::string address = "/admin/requests/?status=Pending&type=gas-leak";
    for (int page = 0; page < 6 && !address.empty(); ++page) {
        const std::string body = ravi.get(address).body;
        for (const auto id : rows_of(body))
            seen.push_back(id);
        address = next_page(body);
    }
    EXPECT_EQ(seen, counting_down(106, 1));
}

TEST_F(QueueEmergencies, AFewOpenLeaksAreAllShownAndCounted)
{
    submit_leaks(2);
    for (const std::string page : {"/admin/requests/", "/admin/"})
        EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("2 open emergencies that nobody has"),
                                             Not(HasSubstr("See all")), Not(HasSubstr("the most urgent"))))
            << page;
    resolve(ServiceRequestId{1});
    EXPECT_THAT(ravi.get("/admin/").body, HasSubstr("1 open emergency that nobody has</span>"));
}

TEST_F(QueueEmergencies, ASearchAFilterAndALaterPageHaveOneLineForTheEmergencies)
{
    for (int i = 0; i < 30; ++i)
        submit(site.cast.mei, "Bill is wrong", "billing");
    const auto leak = submit(site.cast.mei, "Smell of gas", "gas-leak");
    submit(site.cast.omar, "Smell of oil");
    const auto folded = AllOf(HasSubstr("data-folded-words>1 emergency that nobody has<"),
        HasSubstr("<tbody role=\"rowgroup\" data-folded>"), Not(HasSubstr("data-emergencies")),
        Not(HasSubstr(" pinned")));
    for (const std::string query : {"?q=oil", "?type=billing", "?status=Resolved&type=billing", "?from=2026-01-01"})
        EXPECT_THAT(ravi.get("/admin/requests/" + query).body, folded) << query;
    const auto later = ravi.get(next_page(ravi.get("/admin/requests/?status=Pending").body));
    EXPECT_THAT(later.body, AllOf(folded, Not(HasSubstr("among these matches"))));
    const auto plain = AllOf(HasSubstr("data-emergencies>"), Not(HasSubstr("data-folded")), HasSubstr(" pinned"));
    for (const std::string query :
        {"", "?status=Pending", "?status=Pending&sort=oldest", "?size=50", "?status=Resolved"})
        EXPECT_THAT(ravi.get("/admin/requests/" + query).body, plain) << query;
    ravi.post("/admin/requests/" + std::to_string(leak.value) + "/take/", {});
    EXPECT_THAT(ravi.get("/admin/requests/?q=oil").body, HasSubstr("data-folded hidden>"));
}

TEST_F(QueueEmergencies, AMatchAmongTheEmergenciesIsMarkedAndCountedAndARowOfTheList)
{
    const auto leak = submit(site.cast.mei, "Smell of gas", "gas-leak");
    submit(site.cast.mei, "Smell of oil");
    const auto marked = AllOf(HasSubstr("1 of them is among these matches:"),
        HasSubstr("<a class=\"ref\" href=\"/admin/requests/" + std::to_string(leak.value) + "/?list="));
    EXPECT_THAT(ravi.get("/admin/requests/?q=smell").body, AllOf(marked, HasSubstr("2 requests on this page")));
    EXPECT_THAT(rows("?q=smell"), ElementsAre(2, 1));
    EXPECT_THAT(rows("?q=gas&sort=oldest"), ElementsAre(1));
    EXPECT_THAT(ravi.get("/admin/requests/?q=gas&sort=oldest").body, marked);
    EXPECT_THAT(ravi.get("/admin/requests/?type=gas-leak").body, marked);
    for (const std::string other : {"", "?q=oil", "?type=billing", "?status=Resolved"})
        EXPECT_THAT(ravi.get("/admin/requests/" + other).body, Not(HasSubstr("among these matches"))) << other;
}

TEST_F(QueueEmergencies, AtMostThreeEmergenciesStandOnTopAndTheOthersInTheirPlace)
{
    for (int i = 0; i < 5; ++i)
        submit(site.cast.mei, "Smell of gas", "gas-leak");
    submit(site.cast.omar, "Bill is wrong", "billing");
    EXPECT_THAT(rows("?status=Pending"), ElementsAre(5, 4, 1, 6, 3, 2))
        << "the newest and the longest waiting, then every other one of this page";
    EXPECT_THAT(rows("?status=Pending&type=gas-leak"), ElementsAre(5, 4, 3, 2, 1));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending").body, HasSubstr("3 of 5 open emergencies that nobody has"));
}

TEST_F(QueueEmergencies, ARowThatSomebodyHasIsLikeOthersAndSaysWho)
{
    const auto leak = submit(site.cast.mei, "Smell of gas", "gas-leak");
    EXPECT_THAT(ravi.get("/admin/requests/").body, HasSubstr("class=\"is-emergency\""));
    ravi.post("/admin/requests/" + std::to_string(leak.value) + "/take/", {});
    EXPECT_THAT(
        ravi.get("/admin/requests/").body, AllOf(Not(HasSubstr("class=\"is-emergency\"")), Not(HasSubstr("data-sla")),
                                               HasSubstr("class=\"q-has\""), HasSubstr("You have it")));
}

TEST_F(QueueEmergencies, OpenEmergenciesStandOnTopOfEveryListThatIsNotNarrowed)
{
    const auto leak = submit(site.cast.mei, "Smell of gas", "gas-leak");
    submit(site.cast.omar, "Bill is wrong", "billing");
    EXPECT_THAT(rows(""), ElementsAre(1, 2));
    EXPECT_THAT(rows("?type=billing"), ElementsAre(2));
    EXPECT_THAT(rows("?status=Resolved"), ElementsAre(1));
    EXPECT_THAT(rows("?q=nothing-like-it"), IsEmpty());
    resolve(leak);
    EXPECT_THAT(rows("?type=billing"), ElementsAre(2));
    EXPECT_THAT(rows("?status=Resolved"), ElementsAre(1));
}

} // namespace
} // namespace pages::desk
