// Whoever looks at a restored copy, or types something into it, must know on every page that it is no site.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using guards::RouteRow;

TEST(RehearsalGuard, EveryPageAndEveryAnswerToAFormSaysSo)
{
    guards::Scene scene;
    scene.site.rehearse();
    int looked_at = 0;
    for (std::size_t who = 0; who < guards::people.size(); ++who) {
        for (const RouteRow& row : guards::route_rows()) {
            support::Client client = scene.client(who);
            const support::Answer answer = scene.ask(client, row);
            if (!answer.content_type.starts_with("text/html") || !answer.header("X-Fragment").empty())
                continue;
            ++looked_at;
            EXPECT_THAT(answer.body, testing::HasSubstr("This is a rehearsal."))
                << guards::name_of(row) << " for " << guards::people.at(who);
        }
    }
    EXPECT_GT(looked_at, 100);
    support::Client guest(scene.site);
    EXPECT_THAT(guest.get("/nowhere/").body, testing::HasSubstr("This is a rehearsal."));
}

TEST(RehearsalGuard, TheSiteItselfNeverSaysSo)
{
    guards::Scene scene;
    for (const RouteRow& row : guards::route_rows()) {
        if (row.method != http::Method::Get)
            continue;
        support::Client client = scene.client(0);
        EXPECT_THAT(scene.ask(client, row).body, testing::Not(testing::HasSubstr("rehearsal"))) << guards::name_of(row);
    }
}

} // namespace
