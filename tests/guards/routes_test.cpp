// Who may use which address, and how: each route from everybody's side. A new route needs its row in route_rows.cpp.

#include "guards/scene.hpp"
#include "server/routes.hpp"
#include "web/forms/csrf.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace guards {

namespace {

using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAreArray;

constexpr std::size_t guest = 0, omar = 1, mei = 2, ravi = 3, ada = 5;

/// The table's rows, told apart in a failure.
template <class Check>
void for_each_row(Check check)
{
    for (const RouteRow& row : route_rows()) {
        SCOPED_TRACE(name_of(row));
        check(row);
    }
}

/// Somebody the route lets in: the last of `people`; the guest where it is nobody.
std::size_t somebody_let_in(const RouteRow& row)
{
    const auto last = row.outcomes.rfind('+');
    return last == std::string_view::npos ? guest : last;
}

/// Neither of these headers is sent by the clients here, so SameOrigin asks for the token.
bool takes_only_origin(support::TestSite& site, const RouteRow& row)
{
    for (const web::Route& route : server::routes(site.services())) {
        if (route.method == row.method && route.pattern == row.pattern)
            return route.token == web::FormToken::Origin || route.token == web::FormToken::Guest ||
                   route.token == web::FormToken::Nothing;
    }
    return false;
}

TEST(Routes, EveryRouteHasItsRow)
{
    support::TestSite site;
    std::vector<std::string> routes;
    for (const web::Route& route : server::routes(site.services()))
        routes.push_back((route.method == http::Method::Get ? "GET " : "POST ") + std::string(route.pattern));
    std::vector<std::string> rows;
    for (const RouteRow& row : route_rows())
        rows.push_back(name_of(row));

    EXPECT_THAT(rows, UnorderedElementsAreArray(routes));
}

TEST(Routes, EverybodyIsLetInOrRefusedAsTheTableSays)
{
    for_each_row([](const RouteRow& row) {
        ASSERT_EQ(row.outcomes.size(), people.size());
        for (std::size_t who = 0; who < people.size(); ++who) {
            Scene scene;
            auto client = scene.client(who);

            const auto answer = scene.ask(client, row);

            EXPECT_EQ(outcome_of(row, answer), row.outcomes[who])
                << people.at(who) << " got " << answer.status << ' ' << answer.location();
        }
    });
}

TEST(Routes, WhoIsRefusedChangesNothing)
{
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        for (std::size_t who = 0; who < people.size(); ++who) {
            if (row.outcomes[who] == '+')
                continue;
            auto client = scene.client(who);
            const auto before = scene.everything_stored();

            scene.ask(client, row);

            EXPECT_EQ(scene.everything_stored(), before) << people.at(who);
        }
    });
}

TEST(Routes, GetAndHeadChangeNothing)
{
    Scene scene;
    scene.keep_drafts();
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Get)
            return;
        for (std::size_t who = 0; who < people.size(); ++who) {
            auto client = scene.client(who);
            const auto before = scene.everything_stored();

            // The export is the one exception: who took the data away is part of the history.
            if (row.pattern != "/admin/requests/export.csv")
                scene.ask(client, row);
            client.ask(http::Method::Head, with_query(scene.address(row), row.fields));

            EXPECT_EQ(scene.everything_stored(), before) << people.at(who);
        }
    });
}

TEST(Routes, HeadDoesNotEvenTouchTheSession)
{
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Get)
            return;
        auto client = scene.client(somebody_let_in(row));
        scene.site.clock.advance(std::chrono::minutes(6));
        const auto before = scene.everything_stored();

        client.ask(http::Method::Head, with_query(scene.address(row), row.fields));

        EXPECT_EQ(scene.everything_stored(), before);
    });
}

TEST(Routes, KeptTextGoesWithTheFormThatIsCarriedOut)
{
    // The forms whose page shows what was typed before the session ended, and how many addresses each is sent to: the
    // buttons for a comment and for the status belong to one form, and so do those beside the details of a user or an
    // account. Below the customer's page the one that adds the address is the other. Below the desk's page those that
    // correct the address, take an emergency, take it over and give it back, the one that withdraws a private link, and
    // the question about false alarms are the others.
    const std::map<std::string_view, int> forms = {{"/service/create/", 1}, {"/service/{id}/comments/", 4},
        {"/service/{id}/reopen/", 4}, {"/service/{id}/address/", 1}, {"/account/contact/", 1}, {"/account/claim/", 1},
        {"/admin/requests/{id}/status/", 9}, {"/admin/requests/{id}/comments/", 9},
        {"/admin/requests/{id}/address/", 1}, {"/admin/users/create/", 1}, {"/admin/users/{id}/", 6},
        {"/admin/accounts/create/", 1}, {"/admin/accounts/{id}/", 4}, {"/admin/accounts/{id}/link/", 4}};
    std::size_t tried = 0;
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Post || !forms.contains(row.pattern))
            return;
        Scene scene;
        scene.keep_drafts();
        const auto count = [&] { return scene.site.database.number("SELECT count(*) FROM service_draft"); };
        const auto before = count();
        auto client = scene.client(somebody_let_in(row));
        ++tried;

        EXPECT_GE(client.post(scene.address(row), {}).status, 400);
        EXPECT_EQ(count(), before) << "refused";
        EXPECT_LT(scene.ask(client, row).status, 400);
        EXPECT_EQ(count(), before - forms.at(row.pattern)) << "carried out: its own and no other";
    });
    EXPECT_EQ(tried, forms.size());
}

TEST(Routes, PostChangesSomethingWhenItIsLetIn)
{
    // Proof that the fingerprint of what is stored sees a change at all.
    Scene scene;
    auto client = scene.client(mei);
    const auto before = scene.everything_stored();
    const auto address = scene.address({http::Method::Post, "/service/{id}/comments/", ""});

    EXPECT_EQ(client.post(address, {{"text", "It drips"}}).status, 303);

    EXPECT_NE(scene.everything_stored(), before);
}

TEST(Routes, PostWithoutOnesOwnTokenIsRefused)
{
    Scene scene;
    const auto token_of_omar = web::csrf_token(scene.client(omar).cookie("gu_session"));
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Post || takes_only_origin(scene.site, row))
            return;
        for (const std::string& token : {std::string(), std::string("wrong"), token_of_omar}) {
            auto client = scene.client(somebody_let_in(row));
            const auto before = scene.everything_stored();
            auto fields = row.fields;
            fields.emplace_back("csrf", token);

            EXPECT_EQ(client.post_without_token(scene.address(row), fields).status, 403) << token;
            EXPECT_EQ(scene.everything_stored(), before);
        }
    });
}

TEST(Routes, OnlyTheLeakReportThePreferencesTheExportAndLinksOfMailAskForNoToken)
{
    Scene scene;
    std::vector<std::string> without;
    for_each_row([&](const RouteRow& row) {
        if (takes_only_origin(scene.site, row))
            without.push_back(name_of(row));
    });

    EXPECT_THAT(
        without, UnorderedElementsAreArray({"POST /emergency/", "POST /mail/off/{token}/",
                     "POST /preferences/language/", "POST /preferences/theme/", "GET /admin/requests/export.csv"}));
}

TEST(Routes, FormOfAnotherSiteIsRefused)
{
    using Header = std::pair<std::string, std::string>;
    const std::vector<Header> foreign = {{"origin", "https://evil.example"}, {"origin", "null"},
        {"origin", "http://localhost.evil.example"}, {"sec-fetch-site", "cross-site"}, {"sec-fetch-site", "same-site"}};
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Post && !takes_only_origin(scene.site, row))
            return;
        for (const auto& [name, value] : foreign) {
            // It is taken as a guest's then: only what the browser itself calls foreign is refused.
            if (row.pattern == "/emergency/" && name == "origin")
                continue;
            // The secret in its address is all that a mail program sends.
            if (row.pattern == "/mail/off/{token}/")
                continue;
            auto client = scene.client(somebody_let_in(row));
            const auto before = scene.everything_stored();
            client.set_header(name, value);

            EXPECT_EQ(scene.ask(client, row).status, 403) << name << ": " << value;
            EXPECT_EQ(scene.everything_stored(), before) << name << ": " << value;
        }
    });
}

TEST(Routes, IdsThatAreNoneAreNotFound)
{
    // Mail leaves nothing behind by which an old one is told from none.
    constexpr std::string_view removed_in_time = "/admin/mail/{id}/send-again/";
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        if (row.pattern.find('{') == std::string_view::npos)
            return;
        for (const char* id :
            {"0", "-1", "abc", "1.5", "9223372036854775808", "99999999", "%27", "1%00", "%F0%9F%94%A5"}) {
            auto client = scene.client(somebody_let_in(row));
            std::string address(row.pattern);
            for (auto open = address.find('{'); open != std::string::npos; open = address.find('{'))
                address.replace(open, address.find('}') - open + 1, id);

            const auto answer =
                row.method == http::Method::Get ? client.get(address) : client.post(address, row.fields);

            const bool may_have_been = row.pattern == removed_in_time && std::string_view(id) == "99999999";
            EXPECT_EQ(answer.status, may_have_been ? 303 : 404) << address;
        }
    });
}

TEST(Routes, OnlyAdministratorsGiveRoles)
{
    Scene scene;
    const RouteRow save{http::Method::Post, "/admin/users/{id}/", "",
        {{"first_name", "Mei"}, {"last_name", "Chen"}, {"email", ""}, {"phone", ""}, {"role", "administrator"},
            {"is_active", "on"}, {"version", "1"}}};
    const RouteRow create{
        http::Method::Post, "/admin/users/create/", "", {{"username", "eve"}, {"role", "representative"}}};
    for (std::size_t who = ravi; who < ada; ++who) {
        auto client = scene.client(who);
        const auto before = scene.everything_stored();

        EXPECT_EQ(scene.ask(client, save).status, 403) << people.at(who);
        EXPECT_EQ(scene.ask(client, create).status, 403) << people.at(who);
        EXPECT_EQ(scene.everything_stored(), before) << people.at(who);
    }
    auto client = scene.client(ada);
    EXPECT_EQ(scene.ask(client, save).status, 303);
}

TEST(Routes, OnlyAdministratorsChangeStaff)
{
    Scene scene;
    const auto of_ada = "/admin/users/" + std::to_string(scene.site.cast.ada.user_id.value) + "/";
    for (std::size_t who = ravi; who < ada; ++who) {
        auto client = scene.client(who);
        const auto before = scene.everything_stored();

        EXPECT_EQ(client.post(of_ada, {{"first_name", "Eve"}, {"version", "1"}}).status, 403) << people.at(who);
        EXPECT_EQ(client.post(of_ada + "password/", {}).status, 403) << people.at(who);
        EXPECT_EQ(scene.everything_stored(), before) << people.at(who);
    }
}

TEST(Routes, CustomerSeesNothingInternal)
{
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Get || row.outcomes[mei] != '+')
            return;
        auto client = scene.client(mei);

        EXPECT_THAT(scene.ask(client, row).body, Not(HasSubstr("Crew is late")));
    });
    auto staff = scene.client(ravi);
    const RouteRow page{http::Method::Get, "/admin/requests/{id}/", ""};
    EXPECT_THAT(scene.ask(staff, page).body, HasSubstr("Crew is late"));
}

TEST(Routes, NeighbourSeesNothingOfMeis)
{
    Scene scene;
    for_each_row([&](const RouteRow& row) {
        if (row.method != http::Method::Get)
            return;
        for (const std::size_t who : {guest, omar}) {
            auto client = scene.client(who);

            EXPECT_THAT(scene.ask(client, row).body, Not(HasSubstr("valve in the cellar"))) << people.at(who);
        }
    });
}

} // namespace

} // namespace guards
