#include "pages/desk/queue_test_support.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace pages::desk {
namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using QueuePages = QueueTest;

TEST_F(QueuePages, EachFilterNarrowsTheList)
{
    submit(site.cast.mei, "Boiler is cold");
    resolve(submit(site.cast.mei, "Meter is loud", "meter-reading"));
    submit(site.cast.omar, "Bill is wrong", "billing");

    EXPECT_THAT(rows(""), ElementsAre(3, 2, 1));
    EXPECT_THAT(rows("?status=Pending"), ElementsAre(3, 1));
    EXPECT_THAT(rows("?status=Resolved"), ElementsAre(2));
    EXPECT_THAT(rows("?type=billing"), ElementsAre(3));
    EXPECT_THAT(rows("?type=billing&type=meter-reading&type=billing"), ElementsAre(3, 2));
    EXPECT_THAT(rows("?type=Billing"), ElementsAre(3)) << "the name does as well";
    EXPECT_THAT(rows("?status=Resolved&resolved=today"), ElementsAre(2));
    EXPECT_THAT(rows("?q=boiler&status=Resolved"), IsEmpty());
    EXPECT_THAT(rows("?status=&type=&q=&from=&until=&sort=&size="), ElementsAre(3, 2, 1)) << "an empty form";
}

TEST_F(QueuePages, DatesAreDaysOfTheSite)
{
    submit(site.cast.mei, "Monday afternoon");
    // 4:31 PM in New York; eight hours later it is after midnight there.
    site.clock.advance(std::chrono::hours(8));
    submit(site.cast.mei, "Tuesday after midnight");
    EXPECT_THAT(rows("?from=2026-11-16&until=2026-11-16"), ElementsAre(1));
    EXPECT_THAT(rows("?from=2026-11-17"), ElementsAre(2));
    EXPECT_THAT(rows("?until=2026-11-15"), IsEmpty());
}

TEST_F(QueuePages, SearchFindsEveryFieldThatStaffKnow)
{
    submit(site.cast.mei, "Boiler is cold");
    submit(site.cast.omar, "Bill is wrong", "billing");
    for (const std::string words :
        {"SR-00001", "boil", "mei", "Chen", "mei%40example.com", "4410-2087-33", "12+Elm", "Maintenance", "cold+mei"}) {
        std::string query = words;
        std::replace(query.begin(), query.end(), '+', ' ');
        EXPECT_THAT(rows("?q=" + query), ElementsAre(1)) << words;
    }
    EXPECT_THAT(rows("?q=elm"), ElementsAre(2, 1));
    EXPECT_THAT(rows("?q=cold omar"), IsEmpty());
}

TEST_F(QueuePages, HostileSearchIsOnlyWords)
{
    submit(site.cast.mei, "Boiler is cold");
    for (const std::string words : {"%22", "%25", "_", "*", "%27%20OR%201%3D1%20--", "NEAR(", "a%00b", "%3Cscript%3E",
             "AND", "col%3Ax", "%5C", "%E2%80%AE", "%F0%9F%94%A5", "-cold", "%5E", "%28%29"}) {
        const auto page = ravi.get("/admin/requests/?q=" + words);
        EXPECT_EQ(page.status, 200) << words;
        EXPECT_THAT(page.body, Not(HasSubstr("<script>"))) << words;
    }
    const auto page = ravi.get("/admin/requests/?q=%22%3E%3Cimg%20src%3Dx%3E");
    EXPECT_THAT(page.body, AllOf(HasSubstr("&gt;&lt;img src=x&gt;"), Not(HasSubstr("<img src=x>"))));
}

TEST_F(QueuePages, EverySortOrdersAndPagesByItself)
{
    const auto first = submit(site.cast.mei, "First");
    submit(site.cast.mei, "Second");
    submit(site.cast.mei, "Third");
    resolve(first);
    EXPECT_THAT(rows("?sort=newest"), ElementsAre(3, 2, 1));
    EXPECT_THAT(rows("?sort=oldest"), ElementsAre(1, 2, 3));
    EXPECT_THAT(rows("?sort=updated"), ElementsAre(1, 3, 2));
}

TEST_F(QueuePages, PagesShowEverythingOnce)
{
    for (int i = 0; i < 60; ++i)
        site.submit(i % 2 == 0 ? site.cast.mei : site.cast.omar, "Same second " + std::to_string(i));
    for (const std::string query : {"", "?sort=oldest", "?sort=updated", "?q=second", "?q=second&sort=oldest",
             "?q=second&sort=updated", "?status=Pending&size=50"}) {
        std::vector<std::int64_t> seen;
        std::string address = "/admin/requests/" + query;
        for (int page = 0; page < 5 && !address.empty(); ++page) {
            const auto answer = ravi.get(address);
            const auto ids = rows_of(answer.body);
            seen.insert(seen.end(), ids.begin(), ids.end());
            EXPECT_EQ(answer.body.find("rel=\"prev\"") != std::string::npos, page > 0);
            address = next_page(answer.body);
        }
        EXPECT_EQ(seen.size(), 60U) << query;
        EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 60U) << query;
    }
}

TEST_F(QueuePages, PageSizesAre25And50And100)
{
    for (int i = 0; i < 101; ++i)
        site.submit(site.cast.mei, "Row");
    EXPECT_EQ(rows("").size(), 25U);
    EXPECT_EQ(rows("?size=25").size(), 25U);
    EXPECT_EQ(rows("?size=50").size(), 50U);
    EXPECT_EQ(rows("?size=100").size(), 100U);
}

TEST_F(QueuePages, AFilterInAnotherCaseIsTheSame)
{
    submit(site.cast.mei, "Boiler is cold");
    resolve(submit(site.cast.omar, "Bill is wrong", "billing"));
    EXPECT_THAT(rows("?status=pending"), ElementsAre(1));
    EXPECT_THAT(rows("?status=RESOLVED&resolved=Today&type=BILLING"), ElementsAre(2));
    EXPECT_THAT(rows("?sort=Oldest"), ElementsAre(1, 2));
    EXPECT_THAT(ravi.get("/admin/requests/?status=pending").body, Not(HasSubstr("in this web address")));
}

TEST_F(QueuePages, TooLongASearchIsCutAndSaysSo)
{
    submit(site.cast.mei, "Boiler is cold");
    const std::string words = "boiler%20cold" + std::string(300, '+');
    EXPECT_THAT(rows("?q=" + words), ElementsAre(1)) << "blanks at the end do not count";
    const auto page = ravi.get("/admin/requests/?q=boiler%20" + std::string(300, 'x'));
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("We searched for the first 200."), HasSubstr("Nothing matches this filter")));
    EXPECT_THAT(ravi.get("/admin/requests/?q=boiler").body, Not(HasSubstr("characters at most")));
}

TEST_F(QueuePages, DaysInTheWrongOrderAreSaid)
{
    submit(site.cast.mei, "Boiler is cold");
    const auto page = ravi.get("/admin/requests/?from=2026-11-17&until=2026-11-16");
    EXPECT_THAT(page.body, HasSubstr("The first day is after the last day"));
    EXPECT_THAT(ravi.get("/admin/requests/?from=2026-11-16&until=2026-11-16").body,
        Not(HasSubstr("The first day is after the last day")));
}

TEST_F(QueuePages, AddressesWeNeverMakeAreIgnoredAndSaidButNotDownloaded)
{
    submit(site.cast.mei, "Boiler is cold");
    for (const std::string query :
        {"status=Open", "type=unknown", "from=yesterday", "from=2026-02-30", "until=1", "resolved=yesterday",
            "sort=random", "size=10", "size=-25", "size=25000000000000000000", "at=1", "at=a.b", "at=1.", "at=.1"}) {
        const auto page = ravi.get("/admin/requests/?" + query);
        EXPECT_EQ(page.status, 200) << query;
        EXPECT_THAT(page.body, HasSubstr("in this web address")) << query;
        EXPECT_THAT(rows_of(page.body), ElementsAre(1)) << query;
        EXPECT_EQ(ravi.get("/admin/requests/export.csv?" + query).status, 400) << query;
    }
    EXPECT_EQ(ravi.get("/admin/requests/?unknown=1").status, 200);
}

TEST_F(QueuePages, AFilterThatIsOnShowsItsValueTheCountAndAWayToTakeItOff)
{
    submit(site.cast.mei, "Boiler is cold");
    submit(site.cast.mei, "Bill is wrong", "billing");
    submit(site.cast.omar, "Meter is loud", "meter-reading");
    const std::string body =
        ravi.get("/admin/requests/?status=Pending&type=billing&type=meter-reading&from=2026-11-01&until=2026-11-30")
            .body;
    EXPECT_THAT(body,
        AllOf(HasSubstr("<span class=\"muted num\">2 of 3</span>"), HasSubstr("<b>Nov 1, 2026 to Nov 30, 2026</b>"),
            HasSubstr("href=\"/admin/requests/?status=Pending&amp;from=2026-11-01&amp;until=2026-11-30\""),
            HasSubstr("href=\"/admin/requests/?status=Pending&amp;type=billing&amp;type=meter-reading\""),
            HasSubstr("Clear filters"), HasSubstr("<b class=\"num\">1 to 2 of 2</b>")));
    EXPECT_THAT(body, testing::ContainsRegex("Type: <b>[A-Z][^<]*, [A-Z][^<]*</b>"));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending&q=boiler").body,
        AllOf(HasSubstr("Search: <b>boiler</b>"), HasSubstr("1 of 3")));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending").body,
        AllOf(Not(HasSubstr("is-set")), Not(HasSubstr("Clear filters")),
            HasSubstr("<span class=\"muted num\" data-follows=\"open\">3</span>")));
    EXPECT_THAT(ravi.get("/admin/requests/?from=2026-11-16").body, HasSubstr("<b>since Nov 16, 2026</b>"));
    EXPECT_THAT(ravi.get("/admin/requests/?until=2026-11-16").body, HasSubstr("<b>until Nov 16, 2026</b>"));
    EXPECT_THAT(ravi.get("/admin/requests/?from=2026-11-16&until=2026-11-16").body, HasSubstr("<b>Nov 16, 2026</b>"));
}

TEST_F(QueuePages, ASearchInAListNamesItAndLeadsOutOfItWithItsWords)
{
    submit(site.cast.mei, "Boiler is cold");
    const std::string out = "<a class=\"fchip__x\" href=\"/admin/requests/?q=boiler\">";
    for (const auto& [query, list] : {std::pair("?status=Resolved&resolved=today&q=boiler", "Resolved today"),
             {"?status=Resolved&q=boiler", "Resolved"}, {"?status=Pending&q=boiler", "All open"},
             {"?type=gas-leak&status=Pending&q=boiler", "Emergencies"}})
        EXPECT_THAT(ravi.get("/admin/requests/" + std::string(query)).body,
            AllOf(HasSubstr("<span>List: <b>" + std::string(list) + "</b></span>"), HasSubstr(out)))
            << query;
    EXPECT_THAT(ravi.get("/admin/requests/?q=boiler").body, Not(HasSubstr("List: <b>")));
    EXPECT_THAT(ravi.get("/admin/requests/?status=Pending").body, Not(HasSubstr("List: <b>")));
}

TEST_F(QueuePages, ASearchInTheQueueKeepsItsFiltersAndOneElsewhereSearchesEverything)
{
    submit(site.cast.mei, "Boiler is cold");
    const auto field = [](const std::string& page) {
        const auto from = page.find("data-search>");
        return page.substr(from, page.find("</form>", from) - from);
    };
    for (const auto& [query, kept] : {std::pair("?user=1", "name=\"user\" value=\"1\""),
             {"?account=1", "name=\"account\" value=\"1\""}, {"?status=Pending", "name=\"status\" value=\"Pending\""},
             {"?status=Pending&type=gas-leak&alarm=ringing", "name=\"alarm\" value=\"ringing\""}})
        EXPECT_THAT(field(ravi.get("/admin/requests/" + std::string(query)).body), HasSubstr(kept)) << query;
    for (const std::string page : {"/admin/", "/admin/requests/1/", "/admin/requests/1/?from=%3Fuser%3D1"})
        EXPECT_THAT(field(ravi.get(page).body), Not(HasSubstr("type=\"hidden\""))) << page;
}

TEST_F(QueuePages, AnEmptyListLeadsToAllRequestsWithTheWordsThatWereTyped)
{
    submit(site.cast.mei, "Boiler is cold");
    for (const std::string query :
        {"?status=Resolved&resolved=today&q=boiler&sort=oldest", "?type=billing&q=boiler&sort=oldest",
            "?user=999&q=boiler&sort=oldest", "?until=2020-01-01&q=boiler&sort=oldest"})
        EXPECT_THAT(ravi.get("/admin/requests/" + query).body,
            HasSubstr("<a class=\"btn btn--line\" href=\"/admin/requests/?q=boiler&amp;sort=oldest\">Search all "
                      "requests</a>"))
            << query;
    for (const std::string query : {"?q=nowhere", "?status=Resolved", "?type=billing"})
        EXPECT_THAT(ravi.get("/admin/requests/" + query).body,
            HasSubstr("<a class=\"btn btn--line\" href=\"/admin/requests/\">Show all requests</a>"))
            << query;
}

TEST_F(QueuePages, PagesLeadBackAndForthSayWhereTheyAreAndKeepTheirPlaceWhenTheSizeChanges)
{
    for (int i = 0; i < 60; ++i)
        submit(site.cast.mei, "Row");
    for (const std::string query : {"?status=Pending", "?sort=oldest", "?sort=updated"}) {
        const auto link = [](const std::string& body, const std::string& words) {
            std::smatch found;
            std::regex_search(body, found, std::regex("href=\"([^\"]*)\"" + words));
            return std::regex_replace(found[1].str(), std::regex("&amp;"), "&");
        };
        const std::string total = query == "?status=Pending" ? "</b>" : " of 60</b>";
        const std::string first = ravi.get("/admin/requests/" + query).body;
        EXPECT_THAT(first, HasSubstr("1 to 25" + total));
        const std::string second = ravi.get(next_page(first)).body;
        EXPECT_THAT(second, HasSubstr("26 to 50" + total));
        const std::string third = ravi.get(next_page(second)).body;
        EXPECT_THAT(third, HasSubstr("51 to 60" + total));
        EXPECT_EQ(rows_of(ravi.get(link(third, " rel=\"prev\"")).body), rows_of(second)) << query;
        EXPECT_EQ(rows_of(ravi.get(link(second, " rel=\"prev\"")).body), rows_of(first)) << query;
        const auto larger = rows_of(ravi.get(link(second, ">50</a>")).body);
        EXPECT_EQ(larger.front(), rows_of(second).front()) << query;
        EXPECT_EQ(larger.size(), 35U) << query;
    }
}

TEST_F(QueuePages, AResolvedRowSaysHowLongItTook)
{
    const auto id = submit(site.cast.mei, "Boiler is cold");
    site.clock.advance(3 * a_day);
    ravi.sign_in_as(site.cast.ravi);
    resolve(id);
    EXPECT_THAT(ravi.get("/admin/requests/?status=Resolved").body, HasSubstr("took 3 days"));
}

TEST_F(QueuePages, CountsInARowIncludeNotesForStaff)
{
    const auto id = submit(site.cast.mei, "Boiler");
    ravi.post("/admin/requests/" + std::to_string(id.value) + "/comments/",
        {{"text", "Careful, dog"}, {"visibility", "internal"}});
    EXPECT_THAT(ravi.get("/admin/requests/").body, HasSubstr("Comments: </span>1"));
}

TEST_F(QueuePages, CustomersAndGuestsAreRefused)
{
    submit(site.cast.mei, "Boiler is cold");
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    for (const std::string page : {"/admin/", "/admin/requests/", "/admin/requests/export.csv", "/admin/users/",
             "/admin/accounts/", "/admin/users/create/", "/admin/accounts/create/"}) {
        const auto refused = mei.get(page);
        EXPECT_EQ(refused.status, 403) << page;
        EXPECT_THAT(refused.body, Not(HasSubstr("Boiler"))) << page;
        EXPECT_THAT(Client(site).get(page).location(), HasSubstr("/accounts/login/?next=")) << page;
        for (const auto& member : {site.cast.ravi, site.cast.sofia, site.cast.ada})
            EXPECT_EQ(Client(site).sign_in_as(member).get(page).status, 200) << page;
    }
}

TEST_F(QueuePages, TheOverviewCountsWhatItsLinksList)
{
    submit(site.cast.mei, "Long ago");
    site.clock.advance(40 * a_day);
    submit(site.cast.mei, "Some weeks ago", "billing");
    site.clock.advance(20 * a_day);
    submit(site.cast.mei, "Some days ago");
    site.clock.advance(3 * a_day);
    resolve(submit(site.cast.omar, "Done today"));
    submit(site.cast.omar, "Smell of gas", "gas-leak");
    submit(site.cast.omar, "Today");

    // Two months later the first session is long over.
    ravi.sign_in_as(site.cast.ravi);
    const std::string body = ravi.get("/admin/").body;
    static const std::regex figure("href=\"(/admin/requests/\\?[^\"]*)\"");
    std::set<std::string> addresses;
    for (std::sregex_iterator at(body.begin(), body.end(), figure), end; at != end; ++at)
        addresses.insert(std::regex_replace((*at)[1].str(), std::regex("&amp;"), "&"));
    EXPECT_GE(addresses.size(), 10U);
    for (const std::string& address : addresses)
        EXPECT_EQ(ravi.get(address).status, 200) << address;
    const auto listed = [&](std::string_view days) {
        auto ids = rows(days);
        // The leak is a row of its day.
        std::erase(ids, 5);
        return ids;
    };
    EXPECT_TRUE(addresses.contains("/admin/requests/?status=Pending&until=2027-01-18&from=2027-01-18"));
    EXPECT_THAT(listed("?status=Pending&until=2027-01-18&from=2027-01-18"), ElementsAre(6));
    EXPECT_TRUE(addresses.contains("/admin/requests/?status=Pending&until=2027-01-17&from=2027-01-11"));
    EXPECT_THAT(listed("?status=Pending&until=2027-01-17&from=2027-01-11"), ElementsAre(3));
    EXPECT_TRUE(addresses.contains("/admin/requests/?status=Pending&until=2026-12-18&from=2026-10-20"));
    EXPECT_THAT(listed("?status=Pending&until=2026-12-18&from=2026-10-20"), ElementsAre(1));
}

TEST_F(QueuePages, BothExportsHaveTheFilterOfThePage)
{
    for (const std::string query : {"", "?status=Pending&sort=oldest"}) {
        const std::string path =
            "href=\"/admin/requests/export.csv" + std::regex_replace(query, std::regex("&"), "&amp;");
        EXPECT_THAT(ravi.get("/admin/requests/" + query).body,
            AllOf(HasSubstr(path + "\""), HasSubstr(path + (query.empty() ? "?" : "&amp;") + "format=xlsx\"")));
    }
}

} // namespace
} // namespace pages::desk
