#include "pages/shared/urls.hpp"
#include "server/routes.hpp"
#include "support/test_site.hpp"
#include "web/router.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace guards {

namespace {

TEST(Urls, EachReachesItsRoute)
{
    support::TestSite site;
    const web::Router router(server::routes(site.services()));
    const auto route_of = [&](std::string_view url) -> std::string {
        url = url.substr(0, url.find('?'));
        auto match = router.find(http::Method::Get, url);
        if (!match)
            match = router.find(http::Method::Post, url);
        return match ? std::string(match->route->pattern) : "none";
    };

    EXPECT_EQ(route_of(urls::front()), "/");
    EXPECT_EQ(route_of(urls::sign_in()), "/accounts/login/");
    EXPECT_EQ(route_of(urls::sign_out()), "/accounts/logout/");
    EXPECT_EQ(route_of(urls::provider("/")), "/accounts/login/provider/");
    EXPECT_EQ(route_of(urls::provider_again("/")), "/accounts/login/provider/");
    EXPECT_EQ(route_of(urls::provider_return()), "/accounts/login/provider/back/");
    EXPECT_EQ(route_of(urls::reset()), "/accounts/password/reset/");
    EXPECT_EQ(route_of(urls::reset_link("Kx3")), "/accounts/password/reset/{token}/");
    EXPECT_EQ(route_of(urls::registration()), "/accounts/register/");
    EXPECT_EQ(route_of(urls::registration_link("Kx3")), "/accounts/register/{token}/");
    EXPECT_EQ(route_of(urls::emergency()), "/emergency/");
    EXPECT_EQ(route_of(urls::leak_report("Kx3")), "/emergency/report/{token}/");
    EXPECT_EQ(route_of(urls::health()), "/healthz");
    EXPECT_EQ(route_of(urls::readiness()), "/readyz");
    EXPECT_EQ(route_of(urls::metrics()), "/metrics");
    EXPECT_EQ(route_of(urls::notifications()), "/notifications/");
    EXPECT_EQ(route_of(urls::account()), "/account/");
    EXPECT_EQ(route_of(urls::password()), "/account/password/");
    EXPECT_EQ(route_of(urls::customer_requests()), "/service/");
    EXPECT_EQ(route_of(urls::new_request()), "/service/create/");
    EXPECT_EQ(route_of(urls::customer_request(ServiceRequestId(12))), "/service/{id}/");
    EXPECT_EQ(route_of(urls::reopen_request(ServiceRequestId(12))), "/service/{id}/reopen/");
    EXPECT_EQ(route_of(urls::desk_status(ServiceRequestId(12))), "/admin/requests/{id}/status/");
    EXPECT_EQ(route_of(urls::received_request(ServiceRequestId(12))), "/service/{id}/received/");
    EXPECT_EQ(route_of(urls::desk()), "/admin/");
    EXPECT_EQ(route_of(urls::desk_queue()), "/admin/requests/");
    EXPECT_EQ(route_of(urls::desk_export()), "/admin/requests/export.csv");
    EXPECT_EQ(route_of(urls::desk_request(ServiceRequestId(12))), "/admin/requests/{id}/");
    EXPECT_EQ(route_of(urls::read_customer_request(ServiceRequestId(12))), "/service/{id}/read/");
    EXPECT_EQ(route_of(urls::read_desk_request(ServiceRequestId(12))), "/admin/requests/{id}/read/");
    EXPECT_EQ(route_of(urls::desk_users()), "/admin/users/");
    EXPECT_EQ(route_of(urls::desk_user(UserId(3))), "/admin/users/{id}/");
    EXPECT_EQ(route_of(urls::desk_accounts()), "/admin/accounts/");
    EXPECT_EQ(route_of(urls::desk_account(AccountId(4))), "/admin/accounts/{id}/");
}

TEST(Urls, CarryTheirQuery)
{
    EXPECT_EQ(urls::sign_in_before("/service/?q=cold water"), "/accounts/login/?next=%2Fservice%2F%3Fq%3Dcold%20water");
    EXPECT_EQ(urls::desk_queue("?status=Pending"), "/admin/requests/?status=Pending");
    EXPECT_EQ(urls::desk_export("?q=meter"), "/admin/requests/export.csv?q=meter");
    EXPECT_EQ(urls::notifications("?before=7.1"), "/notifications/?before=7.1");
}

} // namespace

} // namespace guards
