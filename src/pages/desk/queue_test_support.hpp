#pragma once

#include "actions/change_status.hpp"
#include "support/test_site.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace pages::desk {

inline constexpr auto a_second = std::chrono::seconds(1);
inline constexpr auto a_day = std::chrono::hours(24);

/// The queue with its filters, as Ravi sees it.
class QueueTest : public testing::Test
{
  protected:
    QueueTest() { ravi.sign_in_as(site.cast.ravi); }

    ServiceRequestId submit(const base::Visitor& by, std::string_view text, std::string_view slug = "maintenance")
    {
        site.clock.advance(a_second);
        return site.submit(by, text, slug);
    }
    void resolve(ServiceRequestId id)
    {
        site.clock.advance(a_second);
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id,
                    .status = service_requests::Status::Resolved,
                    .version = 1,
                    .end = actions::EmergencyEnd{.reason = "Repaired"}});
        });
    }
    static std::vector<std::int64_t> rows_of(const std::string& body)
    {
        static const std::regex row("<tr role=\"row\" id=\"r([0-9]+)\"");
        std::vector<std::int64_t> ids;
        for (std::sregex_iterator at(body.begin(), body.end(), row), end; at != end; ++at)
            ids.push_back(std::stoll((*at)[1]));
        return ids;
    }
    std::vector<std::int64_t> rows(std::string_view query)
    {
        const auto page = ravi.get("/admin/requests/" + std::string(query));
        EXPECT_EQ(page.status, 200) << query;
        return rows_of(page.body);
    }
    std::string next_page(const std::string& body)
    {
        static const std::regex link("href=\"([^\"]*)\" rel=\"next\"");
        std::smatch found;
        if (!std::regex_search(body, found, link))
            return {};
        return std::regex_replace(found[1].str(), std::regex("&amp;"), "&");
    }

    support::TestSite site;
    support::Client ravi{site};
};

} // namespace pages::desk
